package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotResult;
import java.time.Duration;

/** Counts what the pipeline does; called on any thread. */
public interface PipelineMeter {

  /** What became of a snapshot that was handed to the pipeline; once each. */
  void snapshot(SnapshotResult result);

  /** How long one piece of work took. */
  void stage(Stage stage, Duration duration);

  /** A prediction failed on an error of ours; its reading is let out all the same. */
  void predictionFailed();

  /** How many snapshots are unread or being measured. */
  void queueLength(int snapshots);

  /** The pieces of work that are timed. */
  enum Stage {
    /** From the bytes to a snapshot. */
    READ,
    /** From arrival to the first slice: probe, queue and the run's earlier measurement. */
    WAIT,
    /** All slices of a measurement together. */
    MEASURE,
    /** From the reading to what it foretells. */
    PREDICT,
    /** From the reading to the broker's acknowledgement. */
    STORE
  }
}
