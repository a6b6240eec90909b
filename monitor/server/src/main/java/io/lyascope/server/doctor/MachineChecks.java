package io.lyascope.server.doctor;

import io.lyascope.server.config.Config;
import io.lyascope.server.doctor.Finding.Broken;
import io.lyascope.server.doctor.Finding.Doubtful;
import io.lyascope.server.doctor.Finding.Fine;
import java.util.List;

/** The Java runtime and its memory. */
final class MachineChecks {

  private static final int FEATURE = 25;
  private static final long MIB = 1 << 20;

  private MachineChecks() {}

  static List<Finding> of(Config config) {
    return List.of(java(), memory(config));
  }

  private static Finding java() {
    String version = "Java " + Runtime.version();
    return Runtime.version().feature() >= FEATURE
        ? new Fine("java", version)
        : new Broken("java", version, "Install a JDK " + FEATURE + " and set JAVA_HOME to it.");
  }

  /** A large snapshot is there as its chunks, as a whole, and as the weights in double. */
  private static Finding memory(Config config) {
    long heap = Runtime.getRuntime().maxMemory();
    long largest = config.ingest().maxSnapshotBytes();
    String found =
        "%d MiB of heap, snapshots of up to %d MiB are taken".formatted(heap / MIB, largest / MIB);
    return heap >= 4 * largest
        ? new Fine("memory", found)
        : new Doubtful(
            "memory",
            found,
            "Lower ingest.max.snapshot.bytes, or give more heap: LYASCOPE_JAVA_OPTS=-Xmx%dm."
                .formatted(4 * largest / MIB));
  }
}
