package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A measurement of a Lyapunov spectrum in progress: every sequence of the probe drives the network,
 * an orthonormal basis of tangent vectors is pushed forward along with the state, and the
 * logarithms of diag(R) of its QR decompositions are summed (Benettin 1980).
 *
 * <p>Work is done in slices, and after the first counted decomposition of every sequence the
 * spectrum so far is a valid estimate at any time. A flow belongs to one thread at a time.
 */
public final class TangentFlow {

  /** Steps of burn-in after a warm start. */
  private static final int SETTLED = 2;

  /** Steps of all sequences that are worth the inversion of the weights. */
  private static final int INVERTED_FROM = 16;

  private final Protocol protocol;
  private final Supplier<String> digest;
  private final Course course;
  private final InitialBases bases;
  private final List<Trajectory> trajectories;
  private final Lanes lanes;
  private final Crew crew;

  /** One for every thread that has worked at once so far. */
  private final List<Workspace> workspaces = new ArrayList<>();

  private TangentFlow(
      TangentMap map,
      Probe probe,
      Protocol wanted,
      BiFunction<Probe, Protocol, String> digest,
      Optional<Gradients> gradients,
      Optional<RateListener> listener) {
    Drive drive = Drive.of(probe, map, wanted);
    this.protocol = drive.protocol();
    this.digest = () -> digest.apply(probe, protocol);
    this.bases = InitialBases.of(probe, protocol, map.tangentSize(), drive.sequences());
    double perStep = (double) drive.sequences() * bases.rows() * bases.rows() * bases.columns();
    WarmUp.startFor(perStep * protocol.steps());
    Optional<TangentMap> inverted = inverted(map, drive);
    this.course = new Course(inverted.orElse(map), drive, protocol, gradients, listener);
    this.trajectories = new ArrayList<>();
    for (int b = 0; b < drive.sequences(); b++) {
      Frame frame =
          inverted.isPresent()
              ? Frame.split(bases.rows(), protocol)
              : Frame.whole(bases.rows(), bases.columns());
      frame.set(bases.of(b));
      trajectories.add(
          new Trajectory(
              b,
              drive.state(b, map.stateSize()),
              frame,
              Cadence.of(protocol, bases.rows(), bases.columns(), map.timeStep()),
              new Growth(bases.columns(), protocol.steps(), gradients)));
    }
    this.lanes = Lanes.of(trajectories, course);
    this.crew = new Crew(course, lanes);
  }

  /**
   * The map with an inverse, where all directions are wanted and the interval is free, so that each
   * part of them can do with fewer decompositions, and where there is enough to do with it.
   */
  private Optional<TangentMap> inverted(TangentMap map, Drive drive) {
    boolean all = bases.columns() == bases.rows();
    long steps = (long) drive.sequences() * (protocol.burnIn() + protocol.steps());
    return switch (protocol.orthonormalizeEvery()) {
      case Protocol.Interval.Auto() when all && steps >= INVERTED_FROM -> map.invertible();
      case Protocol.Interval.Auto() -> Optional.empty();
      case Protocol.Interval.Every(int _) -> Optional.empty();
    };
  }

  /**
   * Prepares a measurement; nothing is computed yet.
   *
   * @param protocol all fields decided; without a name its steps shrink to the probe's length
   * @throws RefusedException where the snapshot, the probe or the protocol cannot be measured
   */
  public static TangentFlow begin(Snapshot snapshot, Probe probe, Protocol protocol) {
    return new TangentFlow(
        new CellMap(Cells.of(snapshot), protocol.state(), protocol.precision()),
        probe,
        protocol,
        (inputs, carriedOut) -> MeasurementDigest.of(snapshot, inputs, carriedOut),
        Gradients.of(snapshot),
        Optional.empty());
  }

  /**
   * Goes on where another flow was when its state was written; the spectrum will be the same bit
   * for bit as if that flow had gone on.
   *
   * @param state from {@link #save}
   * @throws RefusedException of kind {@code malformed} where this is no such state, or that of
   *     other weights, inputs or another protocol; else as {@link #begin}
   */
  public static TangentFlow resume(
      byte[] state, Snapshot snapshot, Probe probe, Protocol protocol) {
    TangentFlow flow = begin(snapshot, probe, protocol);
    flow.load(state);
    return flow;
  }

  /**
   * A measurement that starts from where another one ended, for an estimate after few steps: the
   * basis points to the directions that grow already, and the states have settled, if the weights
   * have changed only a little. Its spectrum has a history, so it is no reference for others.
   *
   * @param protocol whose name and warm-up are left out, and whose burn-in is at most two steps
   * @throws IllegalArgumentException if the other flow had other sequences, exponents or states
   * @throws RefusedException as {@link #begin}
   */
  public static TangentFlow warm(
      Snapshot snapshot, Probe probe, Protocol protocol, WarmStart start) {
    TangentFlow flow = begin(snapshot, probe, settled(protocol));
    start.give(flow.trajectories);
    return flow;
  }

  /** A name would promise the whole protocol. */
  private static Protocol settled(Protocol protocol) {
    return new Protocol(
        Optional.empty(),
        protocol.state(),
        0,
        Math.min(protocol.burnIn(), SETTLED),
        protocol.steps(),
        protocol.orthonormalizeEvery(),
        protocol.exponents(),
        protocol.sequences(),
        protocol.precision(),
        protocol.initialBasis(),
        protocol.seed(),
        protocol.tolerance());
  }

  /**
   * The same with the growth rates of every single step told to {@code listener}, for which the
   * basis is orthonormalised after every step, whatever the protocol says.
   */
  public static TangentFlow begin(
      Snapshot snapshot, Probe probe, Protocol protocol, RateListener listener) {
    Protocol everyStep = protocol.with(ProtocolPatch.parse("{\"orthonormalize_every\":1}"));
    return new TangentFlow(
        new CellMap(Cells.of(snapshot), protocol.state(), protocol.precision()),
        probe,
        everyStep,
        (inputs, carriedOut) -> MeasurementDigest.of(snapshot, inputs, carriedOut),
        Gradients.of(snapshot),
        Optional.of(oneAtATime(listener)));
  }

  private static RateListener oneAtATime(RateListener listener) {
    Object turn = new Object();
    return (sequence, step, rates) -> {
      synchronized (turn) {
        listener.rates(sequence, step, rates);
      }
    };
  }

  /** A flow over any map. */
  static TangentFlow begin(TangentMap map, Probe probe, Protocol protocol) {
    return new TangentFlow(
        map,
        probe,
        protocol,
        (inputs, carriedOut) -> MeasurementDigest.of("", List.of(), inputs, carriedOut),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Does at most {@code steps} steps of single sequences.
   *
   * @return whether the measurement is complete
   * @throws RefusedException of kind {@code diverged} if a state leaves the range of a double
   */
  public boolean advance(int steps) {
    if (steps > 0) {
      int[] left = {steps};
      work(1, () -> --left[0] == 0);
    }
    return isComplete();
  }

  /**
   * Works until the time is over, by at least one step.
   *
   * @return whether the measurement is complete
   * @throws RefusedException of kind {@code diverged} if a state leaves the range of a double
   */
  public boolean advance(Duration slice) {
    return advance(slice, 1);
  }

  /**
   * The same with {@code threads} threads, which share the sequences out among themselves and are
   * gone when this returns. The results do not depend on their number.
   */
  public boolean advance(Duration slice, int threads) {
    work(threads, Crew.Budget.until(System.nanoTime() + slice.toNanos()));
    return isComplete();
  }

  /** Does all that is left and returns the spectrum. */
  public LyapunovSpectrum finish() {
    return finish(1);
  }

  /** The same with {@code threads} threads; the spectrum does not depend on their number. */
  public LyapunovSpectrum finish(int threads) {
    work(threads, () -> false);
    return spectrum();
  }

  private void work(int threads, Crew.Budget budget) {
    int useful = Math.clamp(threads, 1, lanes.count());
    while (workspaces.size() < useful) {
      workspaces.add(new Workspace(course.map(), bases.rows(), bases.columns()));
    }
    crew.work(workspaces.subList(0, useful), budget);
    lanes.throwFailure();
  }

  /**
   * Everything that the measurement has come to, as bytes from which {@link #resume} goes on.
   *
   * @throws IllegalStateException if a sequence has failed
   */
  public byte[] save() {
    if (lanes.hasFailed()) {
      throw new IllegalStateException("the measurement has failed and cannot go on");
    }
    Tape.Recording tape = new Tape.Recording();
    copy(tape);
    return FlowFile.write(digest.get(), tape.tensors());
  }

  /** Takes over the state of another flow of the same measurement. */
  void load(byte[] state) {
    copy(new Tape.Replay(FlowFile.read(state, digest.get())));
    lanes.resume();
  }

  private void copy(Tape tape) {
    for (Trajectory trajectory : trajectories) {
      tape.section("sequence/" + trajectory.index());
      trajectory.copy(tape, course);
    }
    lanes.copy(tape);
    tape.end();
  }

  List<Trajectory> trajectories() {
    return trajectories;
  }

  /** From where {@link #warm} can begin; the states and bases are copied. */
  public WarmStart warmStart() {
    return WarmStart.of(trajectories);
  }

  /** Whether every sequence has done all its steps. */
  public boolean isComplete() {
    return lanes.areDone();
  }

  /** Counted steps that every sequence has behind it; from 1 on there is a spectrum. */
  public int countedSteps() {
    return trajectories.stream()
        .mapToInt(trajectory -> trajectory.growth().steps())
        .min()
        .orElse(0);
  }

  /** The protocol as it is carried out, with the steps that the probe's length allows. */
  public Protocol protocol() {
    return protocol;
  }

  /**
   * The spectrum of the steps counted so far.
   *
   * @throws IllegalStateException while {@link #countedSteps()} is 0
   */
  public LyapunovSpectrum spectrum() {
    return spectrum(Stop.UNFINISHED);
  }

  /**
   * The same by someone who will not go on.
   *
   * @param reason why, if the measurement is not complete
   */
  public LyapunovSpectrum spectrum(Stop reason) {
    if (countedSteps() == 0) {
      throw new IllegalStateException("no step is counted yet");
    }
    Stop stopped = isComplete() ? Stop.COMPLETE : reason;
    List<Growth> growths = trajectories.stream().map(Trajectory::growth).toList();
    return Summary.of(course, stopped, growths, lanes.moments());
  }
}
