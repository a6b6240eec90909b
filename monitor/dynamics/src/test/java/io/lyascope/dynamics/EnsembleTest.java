package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class EnsembleTest {

  private static final Probe ORIGIN =
      Probes.of(Tensor.of("inputs", Dtype.F64, new int[] {1, 1}, 1));

  @Test
  void certainNetworksThatAgreeHaveNoEntropy() {
    assertArrayEquals(new double[] {0}, entropy(classifier(900, -900), classifier(900, 0)), 1e-15);
  }

  @Test
  void certainNetworksThatDisagreeAreAsUncertainAsACoin() {
    double[] entropy = entropy(classifier(900, -900), classifier(-900, 900));
    assertArrayEquals(new double[] {Math.log(2)}, entropy, 1e-15);
  }

  @Test
  void probabilitiesAreAveragedBeforeTheEntropyIsTaken() {
    // softmax(log 3, 0) = (3/4, 1/4) and softmax(0, 0) = (1/2, 1/2), on average (5/8, 3/8).
    double expected = -(5.0 / 8) * Math.log(5.0 / 8) - (3.0 / 8) * Math.log(3.0 / 8);
    double[] entropy = entropy(classifier(Math.log(3), 0), classifier(0, 0));
    assertArrayEquals(new double[] {expected}, entropy, 1e-15);
  }

  @Test
  void allClassesAlikeHaveTheLogarithmOfTheirNumber() {
    Ensemble ensemble = Ensemble.of(List.of(classifier(2, 2, 2, 2, 2)));
    assertEquals(5, ensemble.classes());
    double[] entropy = perInput(ensemble, ORIGIN);
    assertArrayEquals(new double[] {Math.log(5)}, entropy, 1e-15);
  }

  @Test
  void oneOutputIsATanhBetweenTwoClasses() {
    double p = (1 + Math.tanh(0.7)) / 2;
    double expected = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    assertEquals(2, Ensemble.of(List.of(classifier(0.7))).classes());
    assertArrayEquals(new double[] {expected}, entropy(classifier(0.7)), 1e-15);
    assertArrayEquals(new double[] {0}, entropy(classifier(-900)), 0);
  }

  @Test
  void aProbeIsTheSameAsItsPointsOnAGrid() {
    Snapshot network = Layers.random("tanh", false, 2, 1, 2, 6, 6, 3);
    Snapshot other = Layers.random("tanh", false, 2, 2, 2, 6, 6, 3);
    Ensemble ensemble = Ensemble.of(List.of(network, other));
    double[] corners = {-1, -2, 1, -2, -1, 2, 1, 2};
    Probe probe = Probes.of(Tensor.of("inputs", Dtype.F64, new int[] {4, 2}, corners));
    assertArrayEquals(
        perInput(ensemble, probe),
        ensemble.entropy(InputPlane.WHOLE, new FieldGrid(-1, 1, -2, 2, 2, 2)));
  }

  @Test
  void networksOfAnotherLayoutAreRefused() {
    for (Snapshot other :
        List.of(
            Layers.random("tanh", false, 1, 1, 2, 7, 6, 3),
            Layers.random("relu", false, 1, 1, 2, 6, 6, 3),
            Layers.random("tanh", true, 1, 1, 2, 6, 6, 3))) {
      List<Snapshot> both = List.of(Layers.random("tanh", false, 1, 1, 2, 6, 6, 3), other);
      RefusedException refused = assertThrows(RefusedException.class, () -> Ensemble.of(both));
      assertEquals(Kind.SHAPE, refused.kind());
    }
  }

  /** A network with these local fields in its readout at the input 1. */
  private static Snapshot classifier(double... fields) {
    DMatrixRMaj hidden = new DMatrixRMaj(1, 1, true, 1);
    DMatrixRMaj readout = new DMatrixRMaj(fields.length, 1, true, fields);
    return Layers.of("relu", hidden, readout);
  }

  private static double[] entropy(Snapshot... networks) {
    return perInput(Ensemble.of(List.of(networks)), ORIGIN);
  }

  private static double[] perInput(Ensemble ensemble, Probe probe) {
    ClassEntropy entropy = ensemble.entropy(probe, Protocol.DEFAULT);
    return entropy.perInput().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
