package io.lyascope.server.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.dynamics.EffectiveRank;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.GradientAnalysis;
import io.lyascope.dynamics.GradientAnalysis.Alignment;
import io.lyascope.dynamics.Interval;
import io.lyascope.dynamics.Intervals;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.MatrixRanks;
import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.server.reading.Reading.Kind;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReadingTest {

  private static final String HOSTILE = "<b>\"run\"\n\u0000 \uD83D\uDE80";

  private static final MatrixRanks RANKS =
      new MatrixRanks(
          new EffectiveRank(0.5, 2, 7), Map.of("weight_hh_l0", new EffectiveRank(0.25, 4, 3)));

  @Test
  void aMeasuredReadingComesBackAsItWas() throws JsonException {
    Reading reading = reading(Kind.REFERENCE, new Measured(spectrum(), 0.25));
    assertEquals(reading, Reading.parse(reading.toJson()));
  }

  @Test
  void aReadingOfWeightsMeasuredBeforeSaysAtWhichStep() throws JsonException {
    Reading reading =
        reading(Kind.REFERENCE, new Measured(spectrum(), 0.25, OptionalLong.of(1200)));
    assertTrue(reading.toJson().contains("\"same_as_step\":1200"));
    assertEquals(reading, Reading.parse(reading.toJson()));
  }

  @Test
  void aFeedForwardReadingComesBackAsItWas() throws JsonException {
    Reading reading = reading(Kind.REFERENCE, new Layered(layers(), 0.25));
    assertFalse(reading.toJson().contains("same_as_step"));
    assertEquals(reading, Reading.parse(reading.toJson()));
  }

  @Test
  void aFeedForwardReadingOfWeightsMeasuredBeforeSaysAtWhichStep() throws JsonException {
    Reading reading = reading(Kind.REFERENCE, new Layered(layers(), 0.25, OptionalLong.of(1200)));
    assertTrue(reading.toJson().contains("\"same_as_step\":1200"));
    assertEquals(reading, Reading.parse(reading.toJson()));
  }

  @Test
  void aLiveReadingOfOneSequenceWithoutExtrasComesBackAsItWas() throws JsonException {
    Reading reading =
        new Reading(
            Kind.LIVE,
            "r",
            0,
            0,
            OptionalDouble.empty(),
            Map.of(),
            "00",
            "gru",
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            new Measured(spectrum(), 0));
    assertEquals(reading, Reading.parse(reading.toJson()));
  }

  @Test
  void aReadingOfBeforeThereWereReasonsStoppedAtItsDeadline() throws JsonException {
    Map<String, Object> old =
        new LinkedHashMap<>(reading(Kind.REFERENCE, new Measured(spectrum(), 0.25)).toFields());
    old.remove("stopped");
    old.remove("interval");
    assertEquals(Stop.COMPLETE, stopped(old));
    old.put("complete", false);
    assertEquals(Stop.DEADLINE, stopped(old));
  }

  private static Stop stopped(Map<String, Object> fields) throws JsonException {
    return Reading.parse(Json.write(fields)).spectrum().orElseThrow().stopped();
  }

  @Test
  void aRefusedReadingComesBackAsItWas() throws JsonException {
    for (RefusedException.Kind kind : RefusedException.Kind.values()) {
      Reading reading =
          reading(Kind.REFERENCE, Refused.of(new RefusedException(kind, "field", HOSTILE)));
      assertEquals(reading, Reading.parse(reading.toJson()));
    }
  }

  @Test
  void numbersThatAreNotFiniteAreStringsAndAbsentOnesAreNull() throws JsonException {
    String json = reading(Kind.REFERENCE, new Measured(spectrum(), 0.25)).toJson();
    assertTrue(json.contains("\"exponents\":[0.5,-0.25,\"-Infinity\"]"), json);
    assertTrue(json.contains("\"resolution\":[1.0E-12,1.0E-9,\"Infinity\"]"), json);
    assertTrue(json.contains("\"standard_error\":null"), json);
    assertTrue(json.contains("\"max\":[0.25,0.75],\"min\":[\"-Infinity\",\"Infinity\"]"), json);
    assertTrue(json.contains("\"train_loss\":\"NaN\""), json);
    assertEquals(-1, json.indexOf('\n'));
  }

  @Test
  void theFieldsFollowTheContract() throws JsonException {
    Reading reading = reading(Kind.REFERENCE, new Measured(spectrum(), 0.25));
    Map<String, Object> fields = JsonObject.parse(reading.toJson()).fields();
    assertEquals(
        List.of(
            ("type kind digest run attempt step progress time scalars probe_source cell architecture state"
                    + " protocol complete converged exponents standard_error resolution resolved"
                    + " dead max min mean variance min_finite mean_finite variance_finite neg_inf"
                    + " positive near_zero entropy_rate kaplan_yorke_dimension log10_condition"
                    + " leading_vector_participation_ratio pca_dimension pca_dimension_activity"
                    + " stopped interval gradient elapsed_seconds update")
                .split(" ")),
        List.copyOf(fields.keySet()));
  }

  @Test
  void whatIsNoReadingSaysWhatIsWrong() {
    assertMessage("{\"type\":\"prediction\"}", "type");
    assertMessage("{\"type\":\"reading\",\"kind\":\"dead\"}", "kind");
    assertMessage("[]", "object");
    String whole = reading(Kind.LIVE, new Measured(spectrum(), 0)).toJson();
    assertMessage(whole.replace("\"resolved\":2,", ""), "resolved");
    assertMessage(whole.replace("\"steps\":120", "\"steps\":-1"), "steps");
  }

  private static void assertMessage(String json, String part) {
    JsonException wrong = assertThrows(JsonException.class, () -> Reading.parse(json));
    assertTrue(wrong.getMessage().contains(part), wrong.getMessage());
  }

  private static Reading reading(Kind kind, Outcome outcome) {
    return new Reading(
        kind,
        HOSTILE,
        1,
        42,
        OptionalDouble.of(0.5),
        Map.of("train_loss", Double.NaN),
        "ab",
        "lstm",
        Optional.of(new Architecture("lstm", 8, 16, 1, true, "", "tanh", Map.of())),
        Instant.parse("2026-01-31T12:00:00.125Z"),
        Optional.of("validation"),
        Optional.of(new WeightUpdate(40, RANKS)),
        outcome);
  }

  private static Intervals intervals() {
    Interval unknown = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    Interval first = new Interval(0.25, 0.75);
    return new Intervals(
        first, unknown, first, Optional.empty(), List.of(first, new Interval(-0.5, 0), unknown));
  }

  private static FiniteTimeExponents layers() {
    List<Double> perInput = List.of(0.5, -0.25, Double.NEGATIVE_INFINITY);
    return FiniteTimeExponents.of(3, true, perInput, Optional.empty(), Optional.empty());
  }

  private static LyapunovSpectrum spectrum() {
    return new LyapunovSpectrum(
        Protocol.DEFAULT.with(new ProtocolPatch(Map.of("name", "p/1", "state", "hidden"))),
        Stop.COMPLETE,
        false,
        List.of(0.5, -0.25, Double.NEGATIVE_INFINITY),
        Optional.empty(),
        Optional.of(intervals()),
        List.of(1e-12, 1e-9, Double.POSITIVE_INFINITY),
        2,
        1,
        0.5,
        Double.NEGATIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        OptionalDouble.of(-0.25),
        OptionalDouble.of(0.125),
        OptionalDouble.of(0.140625),
        1,
        1,
        0,
        0.5,
        OptionalDouble.empty(),
        Double.POSITIVE_INFINITY,
        1.75,
        2.5,
        OptionalDouble.empty(),
        Optional.of(
            new GradientAnalysis(
                RANKS,
                List.of(new Alignment("weight_hh_l0", 3, 5, List.of(0.5, 0.25, 0.125), 0.25)))));
  }
}
