package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against values that a PyTorch program without any of its code has written. */
class GoldenTest {

  private static final String SNAPSHOT = ".snapshot.safetensors";

  static List<String> cases() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SNAPSHOT))
          .map(name -> name.substring(0, name.length() - SNAPSHOT.length()))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreCases() throws Exception {
    assertFalse(cases().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithPyTorch(String name) throws Exception {
    Snapshot snapshot = Snapshot.read(bytes(name + SNAPSHOT), Limits.DEFAULT);
    Probe probe = Probe.read(bytes(name + ".probe.safetensors"), Limits.DEFAULT);
    Protocol protocol = Protocol.DEFAULT.with(probe.protocol());
    LyapunovSpectrum spectrum = TangentFlow.begin(snapshot, probe, protocol).finish();
    Expected expected = expected(name);
    boolean auto = protocol.orthonormalizeEvery() instanceof Protocol.Interval.Auto;
    double tolerance = auto ? 1e-6 : 1e-9;
    expected.compare("exponents", spectrum.exponents(), tolerance);
    assertEquals(expected.fields.get("standard_error") == null, spectrum.standardError().isEmpty());
    spectrum
        .standardError()
        .ifPresent(errors -> expected.compare("standard_error", errors, tolerance));
    expected.compare("max", spectrum.max(), tolerance);
    expected.compare("min", spectrum.min(), tolerance);
    expected.compare("mean", spectrum.mean(), tolerance);
    expected.compare("variance", spectrum.variance(), tolerance);
    expected.compare("entropy_rate", spectrum.entropyRate(), tolerance);
    expected.compare("kaplan_yorke_dimension", spectrum.kaplanYorkeDimension(), tolerance * 10);
    expected.compare("pca_dimension", spectrum.pcaDimension(), 1e-9);
    if (!auto) {
      expected.compare("resolution", spectrum.resolution(), 1e-9);
      expected.compare(
          "leading_vector_participation_ratio",
          spectrum.leadingVectorParticipationRatio(),
          tolerance);
    }
    expected.compare("resolved", spectrum.resolved(), 0);
    expected.compare("dead", spectrum.dead(), 0);
    expected.compare("positive", spectrum.positive(), 0);
    expected.compare("near_zero", spectrum.nearZero(), 0);
  }

  private record Expected(String name, Map<?, ?> fields) {

    void compare(String field, double measured, double tolerance) {
      assertEquals(number(fields.get(field)), measured, tolerance, name + " " + field);
    }

    void compare(String field, OptionalDouble measured, double tolerance) {
      if (measured.isPresent()) {
        compare(field, measured.getAsDouble(), tolerance);
      } else {
        assertNull(fields.get(field), name + " " + field);
      }
    }

    void compare(String field, List<Double> measured, double tolerance) {
      List<?> values = (List<?>) fields.get(field);
      assertEquals(values.size(), measured.size(), name + " " + field);
      for (int i = 0; i < measured.size(); i++) {
        assertEquals(number(values.get(i)), measured.get(i), tolerance, name + " " + field + i);
      }
    }

    private static double number(Object value) {
      return switch (value) {
        case Number number -> number.doubleValue();
        case String text -> Double.parseDouble(text);
        default -> throw new AssertionError(value);
      };
    }
  }

  private static Expected expected(String name) throws Exception {
    String json = Files.readString(folder().resolve(name + ".expected.json"));
    return new Expected(name, (Map<?, ?>) Json.parse(json));
  }

  private static byte[] bytes(String file) throws IOException, URISyntaxException {
    return Files.readAllBytes(folder().resolve(file));
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(GoldenTest.class.getResource("/golden").toURI());
  }
}
