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

/**
 * A measurement of a Lyapunov spectrum in progress: every sequence of the probe drives the network,
 * an orthonormal basis of tangent vectors is pushed forward along with the state, and the
 * logarithms of diag(R) of its QR decompositions are summed (Benettin 1980).
 *
 * <p>Work is done in slices, and after the first counted decomposition of every sequence the
 * spectrum so far is a valid estimate at any time. A flow belongs to one thread at a time.
 */
public final class TangentFlow {

  private final Protocol protocol;
  private final TangentMap map;
  private final Trajectory.Course course;
  private final List<Trajectory> trajectories;

  /** The sequence that works: the one furthest behind when it began its interval. */
  private int current;

  private TangentFlow(
      TangentMap map, Probe probe, Protocol wanted, Optional<RateListener> listener) {
    Drive drive = Drive.of(probe, map, wanted);
    this.map = map;
    this.protocol = drive.protocol();
    InitialBases bases = InitialBases.of(probe, protocol, map.tangentSize(), drive.sequences());
    double perStep = (double) drive.sequences() * bases.rows() * bases.rows() * bases.columns();
    WarmUp.startFor(perStep * protocol.steps());
    Kernels kernels = new Kernels();
    this.course =
        new Trajectory.Course(
            map,
            map.propagator(),
            drive,
            protocol,
            new Orthonormalizer(bases.rows(), bases.columns(), kernels),
            new Moments(map),
            new Checkpoint(map.stateSize(), bases.rows() * bases.columns()),
            listener);
    this.trajectories = new ArrayList<>();
    for (int b = 0; b < drive.sequences(); b++) {
      TangentBasis basis = new TangentBasis(bases.rows(), bases.columns());
      basis.set(bases.of(b));
      trajectories.add(
          new Trajectory(
              b,
              drive.state(b, map.stateSize()),
              basis,
              Cadence.of(protocol, bases.rows(), bases.columns()),
              new Growth(bases.columns(), protocol.steps())));
    }
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
        Optional.empty());
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
        Optional.of(listener));
  }

  /** A flow over any map. */
  static TangentFlow begin(TangentMap map, Probe probe, Protocol protocol) {
    return new TangentFlow(map, probe, protocol, Optional.empty());
  }

  /**
   * Does at most {@code steps} steps of single sequences.
   *
   * @return whether the measurement is complete
   * @throws RefusedException of kind {@code diverged} if a state leaves the range of a double
   */
  public boolean advance(int steps) {
    for (int done = 0; done < steps && !isComplete(); done++) {
      advanceOne();
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
    long begin = System.nanoTime();
    long nanos = slice.toNanos();
    do {
      advance(1);
    } while (!isComplete() && System.nanoTime() - begin < nanos);
    return isComplete();
  }

  /** Does all that is left and returns the spectrum. */
  public LyapunovSpectrum finish() {
    advance(Integer.MAX_VALUE);
    return spectrum();
  }

  /** Whether every sequence has done all its steps. */
  public boolean isComplete() {
    return trajectories.get(current).isDone(course);
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
    return Summary.of(map, protocol, stopped, growths, course.moments());
  }

  /** The sequence that is furthest behind goes on up to its next decomposition. */
  private void advanceOne() {
    boolean turn = trajectories.get(current).advance(course);
    if (turn || trajectories.get(current).isDone(course)) {
      current = furthestBehind();
    }
  }

  private int furthestBehind() {
    int behind = 0;
    for (int b = 1; b < trajectories.size(); b++) {
      behind = trajectories.get(b).step() < trajectories.get(behind).step() ? b : behind;
    }
    return behind;
  }
}
