package io.lyascope.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.Recording;
import io.lyascope.snapshot.ScalarsDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {

  @Test
  void stepsBecomeFractionsOfTheWhole() {
    Timeline timeline =
        Timeline.of(
            List.of(scalars(0, 100), scalars(0, 400)), List.of(weights(0, 0), weights(0, 200)));
    assertEquals(List.of(0.0, 0.25, 0.5, 1.0), timeline.beats().stream().map(Beat::at).toList());
    assertEquals(2, timeline.snapshots());
  }

  @Test
  void anAttemptFollowsTheOneBeforeIt() {
    Timeline timeline =
        Timeline.of(List.of(), List.of(weights(0, 0), weights(0, 300), weights(1, 100)));
    assertEquals(List.of(0.0, 0.75, 1.0), timeline.beats().stream().map(Beat::at).toList());
  }

  @Test
  void aRecordingOfNothingButItsStartHasNoLength() {
    assertEquals(
        List.of(new Beat.Weights(0, weights(0, 0))),
        Timeline.of(List.of(), List.of(weights(0, 0))).beats());
  }

  private static Recording.Entry weights(int attempt, long step) {
    return new Recording.Entry(attempt, step, Path.of("none"));
  }

  private static ScalarsDocument scalars(int attempt, long step) {
    return new ScalarsDocument(
        "r", attempt, step, Optional.empty(), Map.of(), ScalarsDocument.Phase.TRAIN);
  }
}
