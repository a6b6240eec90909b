package io.lyascope.server.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.JsonException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionDocumentTest {

  @Test
  void everythingIsReadBackDigitForDigit() throws Exception {
    List<Forecast> forecasts =
        List.of(
            Forecasts.doomed(1.0 / 7),
            Forecasts.outOfDistribution(),
            Forecast.none(OptionalDouble.of(0.3), "the run names no task"));
    for (Forecast forecast : forecasts) {
      PredictionDocument document = Forecasts.document("a", 2, 30, forecast);
      assertEquals(document, PredictionDocument.parse(document.toJson()));
    }
  }

  @Test
  void fieldsAreThoseOfTheContract() {
    String json = Forecasts.document("a", 0, 30, Forecasts.promising(0.9)).toJson();
    assertEquals(
        "{\"type\":\"prediction\",\"run\":\"a\",\"attempt\":0,\"step\":30,"
            + "\"time\":\"2026-01-31T12:00:00Z\","
            + "\"predictor\":{\"name\":\"rows\",\"digest\":\"ab12\"},\"progress\":0.1,"
            + "\"latent\":[0.25,-0.3333333333333333],\"map\":[1.5,-2.0],\"predicted_loss\":0.4,"
            + "\"interval\":[0.3,0.6],\"success_probability\":0.9,\"threshold_loss\":0.5,"
            + "\"base_rate\":0.55,\"metric\":\"val_loss\",\"goal\":\"minimize\",\"distance\":0.75,\"reconstruction_error\":0.01,"
            + "\"baselines\":{\"loss\":0.625},\"contribution\":{\"spectrum\":-0.125},\"verdict\":{\"kind\":\"promising\",\"reason\":\"for"
            + " a reason\"}}",
        json);
  }

  @Test
  void whatIsNotPredictedHasNoNumber() {
    String json = Forecasts.document("a", 0, 30, Forecasts.outOfDistribution()).toJson();
    assertTrue(json.contains("\"kind\":\"out_of_distribution\""), json);
    assertFalse(json.contains("predicted_loss"), json);
    assertFalse(json.contains("success_probability"), json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"reading\"}",
        "{\"type\":\"prediction\",\"run\":\"a\"}",
        "{\"type\":\"prediction\",\"run\":\"a\",\"step\":1,\"time\":\"2026-01-31T12:00:00Z\"}",
        "{\"type\":\"prediction\",\"run\":\"a\",\"step\":1,\"time\":\"2026-01-31T12:00:00Z\","
            + "\"verdict\":{\"kind\":\"excellent\"}}",
        "{\"type\":\"prediction\",\"run\":\"a\",\"step\":1,\"time\":\"2026-01-31T12:00:00Z\","
            + "\"latent\":[1],\"verdict\":{\"kind\":\"doomed\"}}",
      })
  void whatIsNoPredictionIsRefusedByField(String json) {
    String message =
        assertThrows(JsonException.class, () -> PredictionDocument.parse(json)).getMessage();
    assertTrue(message.startsWith("field "), message);
  }
}
