package io.lyascope.dynamics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The effective ranks of some matrices of a network.
 *
 * @param together of all singular values, which are those of the block-diagonal matrix of them all
 * @param tensors of each that is not zero, by the name of its tensor
 */
public record MatrixRanks(EffectiveRank together, Map<String, EffectiveRank> tensors) {

  /** Empty if all are zero. */
  static Optional<MatrixRanks> of(List<WeightMatrix> matrices) {
    Map<String, EffectiveRank> each = new LinkedHashMap<>();
    DoubleStream all = DoubleStream.empty();
    int rank = 0;
    for (WeightMatrix matrix : matrices) {
      if (!matrix.isZero()) {
        double[] values = matrix.singularValues();
        EffectiveRank own = EffectiveRank.of(values, matrix.noise());
        each.put(matrix.tensor(), own);
        all = DoubleStream.concat(all, DoubleStream.of(values));
        rank += own.rank();
      }
    }
    if (each.isEmpty()) {
      return Optional.empty();
    }
    EffectiveRank joint = EffectiveRank.of(all.toArray(), 0);
    return Optional.of(
        new MatrixRanks(
            new EffectiveRank(joint.participationRatio(), joint.effectiveDimension(), rank), each));
  }
}
