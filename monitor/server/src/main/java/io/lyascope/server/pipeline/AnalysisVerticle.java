package io.lyascope.server.pipeline;

import io.lyascope.server.pipeline.PipelineMeter.Stage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;

/**
 * One worker: takes a job, does one slice of it, puts it back, and so on until nothing is left.
 * Between two slices its context is free for other tasks, so it can be undeployed at any time.
 */
final class AnalysisVerticle extends VerticleBase {

  private final Mailroom mailroom;
  private final Slicer slicer;
  private final Registrar registrar;
  private final PipelineMeter meter;
  private boolean awake;
  private boolean stopped;

  AnalysisVerticle(Mailroom mailroom, Slicer slicer, Registrar registrar, PipelineMeter meter) {
    this.mailroom = mailroom;
    this.slicer = slicer;
    this.registrar = registrar;
    this.meter = meter;
  }

  @Override
  public Future<?> start() {
    mailroom.onWork(() -> context.runOnContext(_ -> wake()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.succeededFuture();
  }

  private void wake() {
    if (!awake) {
      awake = true;
      work();
    }
  }

  private void work() {
    Optional<Job> job = stopped ? Optional.empty() : mailroom.take();
    job.ifPresent(this::slice);
    awake = job.isPresent();
    if (awake) {
      context.runOnContext(_ -> work());
    }
  }

  private void slice(Job job) {
    switch (slicer.slice(job)) {
      case Slice.Unfinished(var live) -> {
        live.ifPresent(reading -> registrar.live(reading, job.arrival.file()));
        mailroom.putBack(job);
      }
      case Slice.Finished(var reading) -> {
        registrar.reference(reading, job.arrival.claims());
        meter.stage(Stage.WAIT, Duration.between(job.arrival.at(), job.begun()));
        meter.stage(Stage.MEASURE, job.worked());
        registrar.superseded(mailroom.finish(job));
      }
    }
  }
}
