package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightRanksTest {

  private static final Snapshot LSTM =
      Networks.random(Networks.architecture("lstm", 2, 6, 2, true), 1, 1);

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F64", "F32"})
  void anOuterProductAddedToTheWeightsIsAnUpdateOfRankOne(Dtype stored) {
    MatrixRanks ranks = update(stored, outer(24, 6, 1)).orElseThrow().ranks();
    assertEquals(1, ranks.together().participationRatio(), 1e-5);
    assertEquals(1, ranks.together().effectiveDimension(), 1e-5);
    assertEquals(1, ranks.together().rank());
    assertEquals(List.of("weight_hh_l1"), List.copyOf(ranks.tensors().keySet()));
  }

  @Test
  void anUpdateWithKnownSingularValuesHasTheirRatio() {
    Random random = new Random(2);
    DMatrixRMaj u = RandomMatrices_DDRM.orthogonal(24, 6, random);
    DMatrixRMaj v = RandomMatrices_DDRM.orthogonal(6, 6, random);
    DMatrixRMaj us = new DMatrixRMaj(24, 6);
    CommonOps_DDRM.mult(u, CommonOps_DDRM.diag(3, 2, 1, 0, 0, 0), us);
    DMatrixRMaj change = new DMatrixRMaj(24, 6);
    CommonOps_DDRM.multTransB(us, v, change);
    EffectiveRank rank = update(Dtype.F64, change.data).orElseThrow().ranks().together();
    assertEquals(14.0 / 36, rank.participationRatio(), 1e-12);
    assertEquals(36.0 / 14, rank.effectiveDimension(), 1e-12);
    assertEquals(3, rank.rank());
  }

  @Test
  void layersTogetherHaveTheSingularValuesOfAll() {
    Snapshot after = with(LSTM, "weight_hh_l0", Dtype.F64, outer(24, 6, 1));
    after = with(after, "weight_hh_l1", Dtype.F64, outer(24, 6, 1));
    MatrixRanks ranks = between(LSTM, after).orElseThrow().ranks();
    assertEquals(0.5, ranks.together().participationRatio(), 1e-12);
    assertEquals(2, ranks.together().rank());
    assertEquals(1, ranks.tensors().get("weight_hh_l0").participationRatio(), 1e-12);
  }

  @Test
  void weightsThatStayOrThatAreOthersMakeNoUpdate() {
    assertTrue(between(LSTM, LSTM).isEmpty());
    Snapshot wider = Networks.random(Networks.architecture("lstm", 2, 7, 2, true), 1, 1);
    assertTrue(between(LSTM, wider).isEmpty());
    Snapshot deeper = Networks.random(Networks.architecture("lstm", 2, 6, 3, true), 1, 1);
    assertTrue(between(LSTM, deeper).isEmpty());
  }

  @Test
  void weightsThatWereNotNumbersMakeNoUpdate() {
    double[] nan = new double[24 * 6];
    nan[3] = Double.NaN;
    assertTrue(between(with(LSTM, "weight_hh_l0", Dtype.F64, nan), LSTM).isEmpty());
  }

  private static Optional<WeightUpdate> update(Dtype stored, double[] change) {
    Snapshot before = with(LSTM, "weight_hh_l0", stored, new double[24 * 6]);
    before = with(before, "weight_hh_l1", stored, new double[24 * 6]);
    return between(before, with(before, "weight_hh_l1", stored, change));
  }

  private static Optional<WeightUpdate> between(Snapshot before, Snapshot after) {
    return WeightUpdate.between(RecurrentWeights.of(before), RecurrentWeights.of(after), 1);
  }

  /** A matrix of rank one whose only singular value is {@code size}. */
  private static double[] outer(int rows, int columns, double size) {
    double[] values = new double[rows * columns];
    double element = size / Math.sqrt(rows * columns);
    for (int i = 0; i < values.length; i++) {
      values[i] = (i / columns % 3 == 0 ? -element : element) * (i % columns % 2 == 0 ? 1 : -1);
    }
    return values;
  }

  /** The same network with a change added to a tensor. */
  private static Snapshot with(Snapshot network, String name, Dtype stored, double[] change) {
    List<Tensor> tensors =
        network.file().tensors().values().stream()
            .map(tensor -> tensor.name().equals(name) ? sum(tensor, stored, change) : tensor)
            .toList();
    return Networks.snapshot(network.architecture(), tensors);
  }

  private static Tensor sum(Tensor tensor, Dtype stored, double[] change) {
    double[] values = tensor.toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] += change[i];
    }
    return Tensor.of(tensor.name(), stored, tensor.shape(), values);
  }
}
