package io.lyascope.server.runs;

import io.lyascope.aelle.Prediction.Outlook;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One run as it is known by now. It belongs to the run book's context: others look at it there, and
 * take away only what is immutable.
 */
public final class Run {

  private static final int EVENTS = 100;

  private final String id;
  private final Pulse pulse;
  private final History<Reading> history = new History<>(Run::largest);
  private final History<PredictionDocument> predictions = new History<>(Run::probability);
  private final Scalars scalars = new Scalars();
  private final Deque<RunEvent> events = new ArrayDeque<>();
  private Optional<RunDocument> document = Optional.empty();
  private Optional<Architecture> architecture = Optional.empty();
  private Optional<Reading> live = Optional.empty();
  private Optional<String> probeSource = Optional.empty();
  private Optional<Instant> lastSnapshot = Optional.empty();
  private OptionalDouble progress = OptionalDouble.empty();
  private RunState state = RunState.WAITING;
  private int attempt;
  private long step = -1;

  Run(String id, Instant known) {
    this.id = id;
    this.pulse = new Pulse(known);
  }

  private static double largest(Reading reading) {
    return switch (reading.outcome()) {
      case Reading.Measured(LyapunovSpectrum spectrum, _, _) -> spectrum.max();
      case Reading.Layered(FiniteTimeExponents exponents, _, _) -> exponents.max();
      case Reading.Refused _ -> Double.NaN;
    };
  }

  private static double probability(PredictionDocument prediction) {
    return prediction.forecast().outlook().map(Outlook::probability).orElse(Double.NaN);
  }

  void declared(RunDocument declared, Instant at) {
    if (declared.attempt() < attempt) {
      return;
    }
    attempt(declared.attempt(), Long.MAX_VALUE, at);
    document = Optional.of(declared);
    architecture = declared.architecture().or(() -> architecture);
    pulse.declared(declared.state().flatMap(RunState::declaredEnd));
  }

  void undeclared() {
    document = Optional.empty();
    pulse.declared(Optional.empty());
  }

  /**
   * Takes note of scalars, which are a sign of life as well.
   *
   * @param at when that was; empty if it was before the monitor's time, nobody knows when
   */
  void reported(ScalarsDocument report, Instant now, Optional<Instant> at) {
    if (report.attempt() < attempt) {
      return;
    }
    attempt(report.attempt(), report.step(), at.orElse(now));
    step = Math.max(step, report.step());
    scalars.put(report.step(), report.values());
    at.ifPresent(sign -> pulse.heartbeat(report.step(), report.phase(), sign));
  }

  void arrived(int attempt, long step, OptionalDouble progress, Architecture known, Instant at) {
    if (attempt < this.attempt) {
      return;
    }
    attempt(attempt, step, at);
    architecture = Optional.of(known);
    lastSnapshot = Optional.of(at);
    if (step >= this.step) {
      this.step = step;
      this.progress = progress;
    }
    pulse.sign(step, at);
  }

  void probe(Optional<String> source) {
    probeSource = source;
  }

  /** A reading was made just now. */
  void measured(Reading reading) {
    if (reading.kind() == Reading.Kind.LIVE) {
      live = Optional.of(reading).filter(r -> r.attempt() >= attempt);
    } else {
      live = live.filter(unfinished -> isAfter(unfinished, reading));
      keep(reading);
    }
  }

  /** A reading was made in an earlier life of the monitor. */
  void restored(Reading reading) {
    lastSnapshot =
        Optional.of(lastSnapshot.filter(reading.time()::isBefore).orElse(reading.time()));
    pulse.sign(reading.step(), reading.time());
    keep(reading);
  }

  /** A reading has foretold something, just now or in an earlier life of the monitor. */
  void foretold(PredictionDocument prediction) {
    if (prediction.attempt() >= attempt) {
      attempt(prediction.attempt(), prediction.step(), prediction.time());
    }
    predictions.add(prediction);
  }

  private static boolean isAfter(Reading a, Reading b) {
    return a.attempt() != b.attempt() ? a.attempt() > b.attempt() : a.step() > b.step();
  }

  private void keep(Reading reading) {
    if (reading.attempt() >= attempt) {
      attempt(reading.attempt(), reading.step(), reading.time());
      if (reading.step() >= step) {
        step = reading.step();
        progress = reading.progress();
      }
      scalars.put(reading.step(), reading.scalars());
    }
    probeSource = reading.probeSource().or(() -> probeSource);
    history.add(reading);
    if (reading.outcome() instanceof Reading.Refused refused) {
      refused(reading, refused);
    }
  }

  private void refused(Reading reading, Reading.Refused refused) {
    String kind =
        switch (refused.kind()) {
          case NONFINITE_WEIGHTS -> "nonfinite";
          case DIVERGED -> "diverged";
          default -> "refused";
        };
    event(new RunEvent(reading.time(), reading.step(), kind, refused.message()));
  }

  /** A later attempt takes over from this step on. */
  private void attempt(int latest, long fromStep, Instant at) {
    if (latest == attempt) {
      return;
    }
    attempt = latest;
    step = -1;
    progress = OptionalDouble.empty();
    live = Optional.empty();
    scalars.truncate(fromStep);
    history.truncate(fromStep, latest);
    predictions.truncate(fromStep, latest);
    pulse.restarted();
    event(
        new RunEvent(
            at, fromStep == Long.MAX_VALUE ? -1 : fromStep, "attempt", "attempt " + latest));
  }

  /** Looks at the clock; whether the state is another one than before. */
  boolean tick(Instant now) {
    RunState before = state;
    state = pulse.at(now);
    if (state == before) {
      return false;
    }
    if (before != RunState.WAITING || state != RunState.RUNNING) {
      event(new RunEvent(now, step, state.label(), before.label() + " before"));
    }
    return true;
  }

  private void event(RunEvent event) {
    events.addLast(event);
    if (events.size() > EVENTS) {
      events.removeFirst();
    }
  }

  public String id() {
    return id;
  }

  /** As of the last look at the clock. */
  public RunState state() {
    return state;
  }

  public int attempt() {
    return attempt;
  }

  /** The highest step of this attempt that was heard of; -1 before the first. */
  public long step() {
    return step;
  }

  /** 0..1: as the snapshots say, or else from the planned number of steps. */
  public OptionalDouble progress() {
    long total = document.map(d -> d.totalSteps().orElse(0)).orElse(0L);
    return total > 0 && step >= 0
        ? OptionalDouble.of(Math.min(1, (double) step / total))
        : progress;
  }

  /** What the training process said of its run. */
  public Optional<RunDocument> document() {
    return document;
  }

  public Optional<Architecture> architecture() {
    return architecture;
  }

  /** The reference reading of the highest step. */
  public Optional<Reading> latest() {
    return history.latest();
  }

  /**
   * The prediction that stands: that of the highest step, unless a snapshot after it could not be
   * measured, of which it says nothing.
   */
  public Optional<PredictionDocument> prediction() {
    Optional<PredictionDocument> newest = predictions.latest();
    boolean overtaken =
        newest.isPresent()
            && latest()
                .filter(reading -> reading.step() > newest.get().step())
                .filter(reading -> reading.spectrum().filter(LyapunovSpectrum::complete).isEmpty())
                .isPresent();
    return newest.filter(_ -> !overtaken);
  }

  /** The measurement in progress. */
  public Optional<Reading> live() {
    return live;
  }

  public Optional<String> probeSource() {
    return probeSource;
  }

  /** When the monitor last had a snapshot of this run. */
  public Optional<Instant> lastSnapshot() {
    return lastSnapshot;
  }

  /** When anything last came from this run. */
  public Optional<Instant> lastSeen() {
    return pulse.lastSign();
  }

  /** How many snapshots have a reference reading. */
  public int readings() {
    return history.total();
  }

  /** The training loss of the highest step. */
  public OptionalDouble trainingLoss() {
    return scalars.last("train_loss", "loss");
  }

  public OptionalDouble validationLoss() {
    return scalars.last("val_loss", "validation_loss");
  }

  /** The newest events, oldest first. */
  public List<RunEvent> events() {
    return List.copyOf(events);
  }

  /**
   * The reference readings of {@code from <= step <= to}, at most {@code points} of them: first and
   * last, lows and highs of the largest exponent, and what was refused.
   */
  public List<Reading> readings(long from, long to, int points) {
    return history.between(from, to, points);
  }

  /** The predictions of {@code from <= step <= to}, at most {@code points} of them. */
  public List<PredictionDocument> predictions(long from, long to, int points) {
    return predictions.between(from, to, points);
  }

  /** The reading of this step, or else of the nearest step before it. */
  public Optional<Reading> reading(long step) {
    return history.at(step);
  }

  /** Every scalar as pairs of step and value, each decimated to {@code points}. */
  public Map<String, List<List<Object>>> scalars(long from, long to, int points) {
    return scalars.between(from, to, points);
  }

  /** The fields of the run's line in the fleet. */
  public Map<String, Object> summary() {
    return Summary.of(this);
  }

  List<List<Object>> lossSparkline(int points) {
    return scalars.sparkline(points, "train_loss", "loss");
  }

  List<List<Object>> sparkline(int points) {
    return history.between(Long.MIN_VALUE, Long.MAX_VALUE, points).stream()
        .map(reading -> List.<Object>of(reading.step(), largest(reading)))
        .toList();
  }
}
