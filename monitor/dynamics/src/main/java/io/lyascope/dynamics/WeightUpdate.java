package io.lyascope.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the recurrent weights moved between two snapshots of a run, W(t) - W(t-1).
 *
 * @param since the training step of the earlier one
 * @param ranks over how many directions
 */
public record WeightUpdate(long since, MatrixRanks ranks) {

  /**
   * Empty if nothing moved, if the matrices are not the same ones or were not finite, or if there
   * are none.
   *
   * @param after finite
   * @param since the training step of {@code before}
   */
  public static Optional<WeightUpdate> between(
      RecurrentWeights before, RecurrentWeights after, long since) {
    List<WeightMatrix> differences = new ArrayList<>();
    int count = after.matrices().size();
    for (int i = 0; i < count && count == before.matrices().size(); i++) {
      WeightMatrix now = after.matrices().get(i);
      WeightMatrix then = before.matrices().get(i);
      if (!now.tensor().equals(then.tensor()) || !now.hasShapeOf(then) || !then.isFinite()) {
        return Optional.empty();
      }
      differences.add(now.minus(then));
    }
    return MatrixRanks.of(differences).map(ranks -> new WeightUpdate(since, ranks));
  }
}
