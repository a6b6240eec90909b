package io.lyascope.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentsTest {

  @Test
  void numbersThatAreNotFiniteAreStrings() throws JsonException {
    String text = Json.write(new double[] {1.5, Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0});
    assertEquals("[1.5,\"NaN\",\"Infinity\",\"-Infinity\"]", text);
    assertEquals(List.of(1.5, "NaN", "Infinity", "-Infinity"), Json.parse(text));
  }

  @Test
  void doublesSurviveTheTripExactly() throws JsonException {
    for (double value : new double[] {Math.PI, 1e-300, -0.1, 1e22, Double.MIN_VALUE}) {
      assertEquals(value, Json.parse(Json.write(value)));
    }
  }

  @Test
  void brokenJsonSaysWhereItBreaks() {
    JsonException e = assertThrows(JsonException.class, () -> Json.parse("{\"a\":}"));
    assertTrue(e.getMessage().contains("line 1, column"), e.getMessage());
    assertThrows(JsonException.class, () -> Json.parse("1 2"));
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(100_000)));
  }

  @Test
  void aRunDocumentIsReadBackAsWritten() throws JsonException {
    RunDocument run =
        RunDocument.parse(
            """
            {"type":"run","run":"r","project":"p","attempt":1,"state":"running","unknown":{},
             "config":{"lr":0.1,"deep":{"list":[1,null]}},"total_steps":900,
             "architecture":{"cell":"gru","hidden_size":8},"started":"2026-01-31T12:00:00+01:00",
             "outcome":{"val_loss":"NaN"}}\
            """);
    assertEquals(run, RunDocument.parse(run.toJson()));
    assertEquals(Instant.parse("2026-01-31T11:00:00Z"), run.started().get());
    assertEquals("gru", run.architecture().get().cell());
    assertTrue(run.name().isEmpty());
  }

  @Test
  void scalarsAreReadBackAsWritten() throws JsonException {
    ScalarsDocument scalars =
        ScalarsDocument.parse(
            "{\"type\":\"scalars\",\"run\":\"r\",\"step\":7,\"values\":{\"train_loss\":"
                + "\"Infinity\",\"lr\":1,\"absent\":null},\"phase\":\"eval\"}");
    assertEquals(Map.of("train_loss", Double.POSITIVE_INFINITY, "lr", 1.0), scalars.values());
    assertEquals(ScalarsDocument.Phase.EVAL, scalars.phase());
    assertEquals(scalars, ScalarsDocument.parse(scalars.toJson()));
  }

  @Test
  void aFieldOfTheWrongTypeIsNamed() {
    assertMessage("field type is \"run\", wanted \"scalars\"", "{\"type\":\"run\"}");
    assertMessage("field run is missing", "{\"type\":\"scalars\",\"step\":1}");
    assertMessage("field step is missing", "{\"type\":\"scalars\",\"run\":\"r\"}");
    assertMessage(
        "field step is \"x\", wanted an integer",
        "{\"type\":\"scalars\",\"run\":\"r\",\"step\":\"x\"}");
    assertMessage("the document is an array, wanted an object", "[]");
  }

  private static void assertMessage(String message, String json) {
    JsonException e = assertThrows(JsonException.class, () -> ScalarsDocument.parse(json));
    assertEquals(message, e.getMessage());
  }
}
