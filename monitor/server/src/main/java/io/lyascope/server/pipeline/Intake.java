package io.lyascope.server.pipeline;

import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.Delivery;
import io.lyascope.kafka.ProbeFile;
import io.lyascope.kafka.SnapshotFile;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.pipeline.PipelineMeter.Stage;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.MalformedException;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Where deliveries enter, on the consumer's thread: files are read (their headers; the tensors stay
 * views of the bytes), documents become facts, snapshots go to their run's mailbox.
 */
final class Intake implements Consumer<Delivery> {

  private final Limits limits;
  private final Mailroom mailroom;
  private final Registrar registrar;
  private final Consumer<Fact> facts;
  private final PipelineMeter meter;
  private final Readings readings;
  private final InstantSource clock;

  Intake(
      Limits limits,
      Mailroom mailroom,
      Registrar registrar,
      Consumer<Fact> facts,
      PipelineMeter meter,
      InstantSource clock) {
    this.limits = limits;
    this.mailroom = mailroom;
    this.registrar = registrar;
    this.facts = facts;
    this.meter = meter;
    this.readings = new Readings(clock);
    this.clock = clock;
  }

  @Override
  public void accept(Delivery delivery) {
    switch (delivery) {
      case Delivery.RunUpdate(var document) -> facts.accept(new Fact.RunDeclared(document));
      case Delivery.RunRemoved(var run) -> facts.accept(new Fact.RunRemoved(run));
      case Delivery.ScalarsUpdate(var document) -> facts.accept(new Fact.ScalarsReported(document));
      case Delivery.ControlUpdate(var document) -> facts.accept(new Fact.ControlSeen(document));
      case ProbeFile file -> probe(file);
      case SnapshotFile file -> snapshot(file);
    }
  }

  /** A broken probe is remembered too: the run's snapshots are refused with its reason. */
  private void probe(ProbeFile file) {
    KnownProbe known;
    try {
      known = new KnownProbe.Usable(Probe.read(file.bytes(), limits), file.bytes().length);
    } catch (RefusedException e) {
      known = new KnownProbe.Broken(e);
    }
    mailroom.probe(file.run(), known);
    facts.accept(new Fact.ProbeArrived(file.run(), file.digest(), known.source()));
  }

  private void snapshot(SnapshotFile file) {
    Instant begin = clock.instant();
    try {
      Snapshot snapshot = Snapshot.read(file.bytes(), limits);
      meter.stage(Stage.READ, Duration.between(begin, clock.instant()));
      if (isWhatItsRecordsSay(file, snapshot)) {
        offer(new Arrival(file, snapshot, clock.instant()));
      } else {
        file.reject(
            DeadLetterReason.HEADER,
            "run, attempt or step of the file are not those of its records");
      }
    } catch (MalformedException e) {
      file.reject(DeadLetterReason.MALFORMED, e.getMessage());
    } catch (RefusedException e) {
      refuse(file, e);
    }
  }

  private static boolean isWhatItsRecordsSay(SnapshotFile file, Snapshot snapshot) {
    return file.run().equals(snapshot.run())
        && file.attempt() == snapshot.attempt()
        && file.step() == snapshot.step();
  }

  private void offer(Arrival arrival) {
    switch (mailroom.offer(arrival)) {
      case Offer.Kept(var superseded) -> {
        registrar.superseded(superseded);
        announce(arrival);
      }
      case Offer.Joined() -> meter.snapshot(SnapshotResult.DUPLICATE);
      case Offer.Duplicate() -> settle(arrival.file(), SnapshotResult.DUPLICATE);
      case Offer.Stale() -> settle(arrival.file(), SnapshotResult.STALE);
    }
  }

  private void refuse(SnapshotFile file, RefusedException reason) {
    var claims = new Claims(file);
    switch (mailroom.refuse(claims)) {
      case Offer.Kept _ -> registrar.reference(readings.unread(file, Refused.of(reason)), claims);
      case Offer.Joined() -> meter.snapshot(SnapshotResult.DUPLICATE);
      case Offer.Duplicate() -> settle(file, SnapshotResult.DUPLICATE);
      case Offer.Stale() -> settle(file, SnapshotResult.STALE);
    }
  }

  /** Refuses the snapshots whose probe has not come in time. */
  void expire(Duration probeTimeout) {
    for (Arrival arrival : mailroom.expire(clock.instant().minus(probeTimeout))) {
      registrar.reference(readings.withoutProbe(arrival, probeTimeout), arrival.claims());
    }
  }

  private void settle(SnapshotFile file, SnapshotResult result) {
    meter.snapshot(result);
    file.done();
  }

  private void announce(Arrival arrival) {
    var snapshot = arrival.snapshot();
    facts.accept(
        new Fact.SnapshotArrived(
            snapshot.run(),
            snapshot.attempt(),
            snapshot.step(),
            snapshot.progress(),
            arrival.at(),
            arrival.file().bytes().length,
            snapshot.architecture()));
  }
}
