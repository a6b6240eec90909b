package io.lyascope.dynamics;

import java.util.ArrayList;
import java.util.List;

/** The states and the orthonormal bases in which a flow left its sequences. */
public final class WarmStart {

  private final List<double[]> states;
  private final List<double[]> bases;

  private WarmStart(List<double[]> states, List<double[]> bases) {
    this.states = states;
    this.bases = bases;
  }

  static WarmStart of(List<Trajectory> sequences) {
    return new WarmStart(
        sequences.stream().map(Trajectory::settledState).toList(),
        sequences.stream().map(Trajectory::settledBasis).toList());
  }

  /** The memory that it takes. */
  public long bytes() {
    long numbers = 0;
    for (int b = 0; b < states.size(); b++) {
      numbers += states.get(b).length + bases.get(b).length;
    }
    return numbers * Double.BYTES;
  }

  /** Whether there are as many sequences, exponents and numbers of state. */
  private boolean fits(List<Trajectory> sequences) {
    List<Integer> wanted = new ArrayList<>();
    List<Integer> present = new ArrayList<>();
    states.forEach(state -> present.add(state.length));
    bases.forEach(basis -> present.add(basis.length));
    sequences.forEach(sequence -> wanted.add(sequence.stateSize()));
    sequences.forEach(sequence -> wanted.add(sequence.basisSize()));
    return wanted.equals(present);
  }

  void give(List<Trajectory> sequences) {
    if (!fits(sequences)) {
      throw new IllegalArgumentException("the warm start is of another network or probe");
    }
    for (int b = 0; b < states.size(); b++) {
      sequences.get(b).start(states.get(b), bases.get(b));
    }
  }
}
