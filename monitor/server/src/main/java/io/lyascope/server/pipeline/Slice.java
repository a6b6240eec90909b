package io.lyascope.server.pipeline;

import io.lyascope.server.reading.Reading;
import java.util.Optional;

/** What one slice of work came to. */
sealed interface Slice {

  /**
   * The job needs more slices.
   *
   * @param live a better estimate, where it is time to show one
   */
  record Unfinished(Optional<Reading> live) implements Slice {}

  /** The job has led to its reference reading. */
  record Finished(Reading reading) implements Slice {}
}
