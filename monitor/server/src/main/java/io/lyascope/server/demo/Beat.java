package io.lyascope.server.demo;

import io.lyascope.snapshot.Recording;
import io.lyascope.snapshot.ScalarsDocument;

/** Something that a recorded training process sent, and when. */
sealed interface Beat {

  /** From 0, the start of the recording, to 1, its end. */
  double at();

  /** Numbers, or a sign of life. */
  record Scalars(double at, ScalarsDocument document) implements Beat {}

  /** Weights. */
  record Weights(double at, Recording.Entry entry) implements Beat {}
}
