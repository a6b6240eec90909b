package io.lyascope.server;

import io.lyascope.kafka.IngestLimits;
import io.lyascope.server.config.Config;
import io.lyascope.server.config.IngestSettings;
import io.lyascope.server.pipeline.Patience;
import io.lyascope.server.pipeline.PipelineSettings;
import io.lyascope.snapshot.Limits;

/** The configuration, as each part of the monitor wants it. */
final class Wiring {

  private Wiring() {}

  /** One half of the buffer is for files that are not whole, the other for those that wait. */
  static IngestLimits limits(Config config) {
    IngestSettings ingest = config.ingest();
    var limits = IngestLimits.of(ingest.maxSnapshotBytes(), ingest.chunkTimeout());
    long half = Math.max(limits.fileBytes(), ingest.maxBufferedBytes() / 2);
    return new IngestLimits(
        limits.fileBytes(), half, half, half, limits.chunkTimeout(), limits.scalarsHistory());
  }

  static PipelineSettings pipeline(Config config) {
    return new PipelineSettings(
        Limits.DEFAULT.withFile(config.ingest().maxSnapshotBytes()),
        config.analysis().defaultProtocol(),
        config.analysis().workers(),
        config.analysis().deadline(),
        config.ingest().probeTimeout(),
        Patience.of(config.analysis().patience()));
  }
}
