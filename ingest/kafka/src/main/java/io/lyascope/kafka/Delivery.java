package io.lyascope.kafka;

import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;

/**
 * Something that came in whole. Snapshots are work and want to be finished; everything else is
 * state, which every monitor reads from the beginning at each start.
 */
public sealed interface Delivery {
  /** The run it belongs to, any text. */
  String run();

  /** A whole file with the announced digest. */
  sealed interface File extends Delivery permits SnapshotFile, ProbeFile {
    /** SHA-256 of the bytes in lower-case hexadecimal. */
    String digest();

    /** The file itself, not copied: to be read only. */
    byte[] bytes();

    /**
     * Puts the file among the dead letters, with the original records, and finishes it. For what is
     * no snapshot or probe at all; one that merely cannot be measured is finished with a reading.
     *
     * @param message for people, one line
     */
    void reject(DeadLetterReason reason, String message);
  }

  /** The run's document, which replaces the former one. */
  record RunUpdate(RunDocument document) implements Delivery {
    @Override
    public String run() {
      return document.run();
    }
  }

  /** The run's document was deleted. */
  record RunRemoved(String run) implements Delivery {}

  /** Numbers of one step, or a mere heartbeat. */
  record ScalarsUpdate(ScalarsDocument document) implements Delivery {
    @Override
    public String run() {
      return document.run();
    }
  }

  /** A command to the run's process, or what the process says of one. */
  record ControlUpdate(ControlDocument document) implements Delivery {
    @Override
    public String run() {
      return document.run();
    }
  }
}
