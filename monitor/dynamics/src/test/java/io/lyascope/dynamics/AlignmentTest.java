package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.dynamics.GradientAnalysis.Alignment;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  private static final double COSINE = 0.6;
  private static final double SINE = 0.8;

  /**
   * Of a relu network with diagonal weights whose units stay on, the Q vectors are the axes in the
   * order of the weights, and a gradient of rank one has its column as its only left vector.
   */
  @Test
  void aGradientOfKnownDirectionHasKnownCosines() {
    double[] gradient = {COSINE * 2, COSINE * -3, 0, SINE * 2, SINE * -3, 0, 0, 0, 0};
    GradientAnalysis analysis = analysis(diagonal(tensor("grad/weight_hh_l0", gradient)));
    Alignment alignment = analysis.alignments().getFirst();
    assertEquals(1, alignment.vectors());
    assertEquals(List.of(COSINE, SINE, 0.0), rounded(alignment.cosines()));
    assertEquals(1, analysis.ranks().together().participationRatio(), 1e-12);
    assertEquals(0.5, alignment.random(), 1e-15);
  }

  @Test
  void allLeftVectorsOfAGradientOfFullRankCount() {
    double[] gradient = {3, 0, 0, 0, 2, 0, 0, 0, 1};
    Alignment alignment =
        analysis(diagonal(tensor("grad/weight_hh_l0", gradient))).alignments().getFirst();
    assertEquals(3, alignment.vectors());
    double third = 1.0 / 3;
    assertEquals(rounded(List.of(third, third, third)), rounded(alignment.cosines()));
  }

  @Test
  void everyGateOfEveryLayerIsABlock() {
    Snapshot lstm = Networks.random(Networks.architecture("lstm", 2, 6, 2, true), 1, 1);
    List<Tensor> tensors = new ArrayList<>(lstm.file().tensors().values());
    tensors.add(Networks.gaussian("grad/module.weight_hh_l0", new Random(1), 1, 24, 6));
    tensors.add(Networks.gaussian("grad/weight_hh_l1", new Random(2), 1, 24, 6));
    GradientAnalysis analysis = analysis(Networks.snapshot(lstm.architecture(), tensors));
    assertEquals(
        IntStream.range(0, 8).mapToObj(i -> "weight_hh_l" + i / 4 + " " + i % 4).toList(),
        analysis.alignments().stream().map(a -> a.tensor() + " " + a.block()).toList());
    for (Alignment alignment : analysis.alignments()) {
      assertEquals(24, alignment.cosines().size());
      double mean = alignment.cosines().stream().mapToDouble(x -> x).average().orElseThrow();
      assertEquals(alignment.random(), mean, 0.1);
    }
  }

  @Test
  void anyNumberOfThreadsFindsTheSame() {
    double[] gradient = {3, 1, 0, 0, 2, 4, 0, 7, 1};
    Snapshot snapshot = diagonal(tensor("grad/weight_hh_l0", gradient));
    assertEquals(measure(snapshot), flow(snapshot).finish(2));
  }

  @Test
  void aGradientThatIsNotFiniteOrZeroOrAbsentSaysNothing() {
    double[] nan = new double[9];
    nan[4] = Double.NaN;
    for (Snapshot snapshot :
        List.of(
            diagonal(tensor("grad/weight_hh_l0", nan)),
            diagonal(tensor("grad/weight_hh_l0", new double[9])),
            diagonal(tensor("grad/other", 1, 2, 3, 4, 5, 6, 7, 8, 9)))) {
      assertTrue(measure(snapshot).gradient().isEmpty());
    }
  }

  @Test
  void aGradientOfAnotherShapeThanItsTensorIsRefused() {
    Tensor wrong = Tensor.of("grad/weight_hh_l0", Dtype.F64, new int[] {1, 3}, 1, 2, 3);
    RefusedException refused =
        assertThrows(RefusedException.class, () -> analysis(diagonal(wrong)));
    assertEquals(RefusedException.Kind.SHAPE, refused.kind());
    assertEquals("grad/weight_hh_l0", refused.field());
  }

  /** By simulation, with a standard error of 0.001. */
  @Test
  void randomDirectionsHaveTheCosineThatTheGammaFunctionSays() {
    Random random = new Random(1);
    for (int n : new int[] {2, 3, 7}) {
      double sum = 0;
      for (int i = 0; i < 50_000; i++) {
        double[] vector = IntStream.range(0, n).mapToDouble(_ -> random.nextGaussian()).toArray();
        sum += Math.abs(vector[0]) / Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
      }
      assertEquals(sum / 50_000, Gradients.random(n), 0.005);
    }
  }

  private static GradientAnalysis analysis(Snapshot snapshot) {
    return measure(snapshot).gradient().orElseThrow();
  }

  private static Snapshot diagonal(Tensor gradient) {
    return Networks.snapshot(
        new Architecture("rnn", 2, 3, 1, true, "", "relu", Map.of()),
        Tensor.of("weight_ih_l0", Dtype.F64, new int[] {3, 2}, 0, 0, 0, 0, 0, 0),
        tensor("weight_hh_l0", 0.9, 0, 0, 0, 0.5, 0, 0, 0, 0.2),
        Tensor.of("bias_ih_l0", Dtype.F64, new int[] {3}, 1, 1, 1),
        Tensor.of("bias_hh_l0", Dtype.F64, new int[] {3}, 0, 0, 0),
        gradient);
  }

  private static Tensor tensor(String name, double... values) {
    return Tensor.of(name, Dtype.F64, new int[] {3, 3}, values);
  }

  private static List<Double> rounded(List<Double> cosines) {
    return cosines.stream().map(x -> Math.rint(x * 1e9) / 1e9).toList();
  }

  private static LyapunovSpectrum measure(Snapshot snapshot) {
    return flow(snapshot).finish();
  }

  private static TangentFlow flow(Snapshot snapshot) {
    return TangentFlow.begin(
        snapshot,
        Probes.random(2, 40, 2, 1),
        Probes.protocol("{'initial_basis':'identity','burn_in':5}"));
  }
}
