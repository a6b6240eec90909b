package io.lyascope.server.metrics;

import io.lyascope.kafka.IngestMeter;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.config.MetricsSettings;
import io.lyascope.server.config.Version;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.pipeline.PipelineMeter;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunWatcher;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;

/** All meters of the monitor, each group behind the interface of those that it listens to. */
public final class Meters {

  private final IngestMeters ingest;
  private final PipelineMeters pipeline;
  private final WebMeters web;
  private final SnapshotCounters snapshots;
  private final RunMeters runs;
  private final FleetMeters fleet;
  private final StopMeters stops;
  private final PredictionMeters predictions;
  private final InstantSource clock;

  /** Registers everything that does not wait for a run. */
  public Meters(MeterRegistry registry, MetricsSettings settings, InstantSource clock) {
    this.clock = clock;
    buildInfo(registry, Version.current());
    snapshots = new SnapshotCounters(registry);
    ingest = new IngestMeters(registry, snapshots);
    pipeline = new PipelineMeters(registry, snapshots);
    web = new WebMeters(registry);
    runs = new RunMeters(registry, settings, clock);
    var projects = new ProjectLabels();
    fleet = new FleetMeters(registry, projects);
    stops = new StopMeters(registry, projects);
    predictions = new PredictionMeters(registry, projects, clock);
  }

  private static void buildInfo(MeterRegistry registry, Version version) {
    // With dots, since only so the registry leaves the ending of the name alone.
    Gauge.builder("lyascope.build.info", () -> 1)
        .description("Which Lyascope this is; the value is always 1.")
        .tags("version", version.version())
        .tags("revision", version.revision())
        .tags("java", version.java())
        .register(registry);
  }

  /** For the Kafka edge. */
  public IngestMeter ingest() {
    return ingest;
  }

  /** For the pipeline. */
  public PipelineMeter pipeline() {
    return pipeline;
  }

  /** For the web socket. */
  public WebMeters web() {
    return web;
  }

  /** For the run book, on whose context it must be called. */
  public RunWatcher runs() {
    return new RunWatcher() {
      @Override
      public void changed(Run run) {
        runs.changed(run);
        fleet.changed(run);
        stops.changed(run);
        predictions.changed(run);
      }

      @Override
      public void removed(Run run) {
        runs.removed(run);
        fleet.removed(run);
        stops.removed(run);
        predictions.removed(run);
      }
    };
  }

  /** Takes note; call it after the run book has, since latency ends where values can be scraped. */
  public void accept(Fact fact) {
    if (fact instanceof Fact.MonitorHealth(var kafka, _)) {
      predictions.live(kafka == Fact.KafkaState.READY);
    }
    if (fact instanceof Fact.ReadingMade(var reading, var origin, var published)
        && origin == Fact.Origin.NEW
        && reading.kind() == Reading.Kind.REFERENCE) {
      Instant now = clock.instant();
      published.ifPresent(at -> pipeline.latency(Duration.between(at, now)));
    }
  }

  /** Looks at the clock, on the run book's context: series of runs that are over expire. */
  public void tick() {
    runs.tick();
    predictions.tick();
  }

  /** Takes note of the runs that go on without having answered a stop, all of them each time. */
  public void unansweredStops(Collection<Run> runs) {
    stops.unanswered(runs);
  }

  /** Snapshots that a newer one replaced before they were measured. */
  public long superseded() {
    return snapshots.sum(SnapshotResult.SUPERSEDED);
  }

  /** Snapshots that came only in part, or were too large. */
  public long dropped() {
    return snapshots.sum(SnapshotResult.INCOMPLETE, SnapshotResult.OVERSIZE);
  }

  /** Records and files that went to the dead-letter topic. */
  public long deadLetters() {
    return ingest.deadLetters();
  }
}
