package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedForwardTest {

  private static final int[] WIDTHS = {3, 5, 5, 2, 4};

  @ParameterizedTest
  @CsvSource({"tanh,false", "tanh,true", "relu,false", "relu,true"})
  void stretchesAsFiniteDifferencesDo(String phi, boolean residual) {
    Snapshot network = network(phi, residual);
    Tensor inputs = Networks.gaussian("inputs", new Random(5), 1, 6, 3);
    FiniteTimeExponents measured = measure(network, Probes.of(inputs));
    assertEquals(3, measured.layers());
    double sum = 0;
    for (int b = 0; b < 6; b++) {
      double expected = Math.log(stretch(network, inputs.toDoubles(), 3 * b)) / 3;
      assertEquals(expected, measured.perInput().get(b), 1e-8);
      sum += expected;
    }
    assertEquals(sum / 6, measured.mean(), 1e-8);
  }

  @Test
  void nothingGetsThroughDeadUnits() {
    Snapshot network = network("relu", false);
    List<Tensor> tensors = new ArrayList<>(network.file().tensors().values());
    tensors.replaceAll(tensor ->
        tensor.name().equals("layers.1.bias")
            ? Tensor.of(tensor.name(), Dtype.F64, new int[] {5}, -99, -99, -99, -99, -99)
            : tensor);
    FiniteTimeExponents measured =
        measure(
            Networks.snapshot(network.architecture(), tensors),
            Probes.of(Networks.gaussian("inputs", new Random(5), 1, 2, 3)));
    assertEquals(Double.NEGATIVE_INFINITY, measured.max());
    assertEquals(Double.NEGATIVE_INFINITY, measured.mean());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Snapshot network = network("tanh", false);
    refused(Kind.PROBE, "inputs", network, Probes.random(2, 3, 3, 1));
    Probe probe = Probes.of(Networks.gaussian("inputs", new Random(5), 1, 2, 3));
    List<Tensor> tensors = new ArrayList<>(network.file().tensors().values());
    tensors.removeIf(tensor -> tensor.name().equals("layers.0.weight"));
    refused(
        Kind.MISSING_TENSOR,
        "layers.0.weight",
        Networks.snapshot(network.architecture(), tensors),
        probe);
    tensors.add(Networks.gaussian("layers.0.weight", new Random(1), 1, 4, 3));
    refused(Kind.SHAPE, "layers.0.bias", Networks.snapshot(network.architecture(), tensors), probe);
  }

  /** Nothing to divide by, and nothing that could be stretched. */
  @Test
  void aLayerWithoutUnitsOrInputs() {
    Architecture architecture =
        new Architecture("feedforward", 0, 0, 1, false, "", "tanh", Map.of());
    int[][] shapes = {{4, 3}, {0, 4}, {2, 0}};
    refused(Kind.SHAPE, "layers.1.weight", ofShapes(architecture, shapes), Probes.of());
    shapes = new int[][] {{4, 0}, {2, 4}};
    refused(Kind.SHAPE, "layers.0.weight", ofShapes(architecture, shapes), Probes.of());
    shapes = new int[][] {{4, 3}, {0, 4}};
    refused(Kind.SHAPE, "layers.1.weight", ofShapes(architecture, shapes), Probes.of());
  }

  @Test
  void aLayerBehindAGapIsMissedAndNotLeftOut() {
    Snapshot network = network("tanh", false);
    List<Tensor> tensors = new ArrayList<>(network.file().tensors().values());
    tensors.add(Networks.gaussian("module.layers.6.weight", new Random(1), 1, 4, 4));
    Snapshot gap = Networks.snapshot(network.architecture(), tensors);
    refused(Kind.MISSING_TENSOR, "layers.4.weight", gap, Probes.of());
    tensors.removeLast();
    tensors.add(Networks.gaussian("grad/layers.6.weight", new Random(1), 1, 4, 4));
    tensors.add(Networks.gaussian("other.layers.6.weight", new Random(1), 1, 4, 4));
    Tensor inputs = Networks.gaussian("inputs", new Random(5), 1, 2, 3);
    measure(Networks.snapshot(network.architecture(), tensors), Probes.of(inputs));
  }

  private static Snapshot ofShapes(Architecture architecture, int[]... shapes) {
    List<Tensor> tensors = new ArrayList<>();
    for (int[] shape : shapes) {
      String name = "layers." + tensors.size() + ".weight";
      tensors.add(Networks.gaussian(name, new Random(1), 1, shape));
    }
    return Networks.snapshot(architecture, tensors);
  }

  private static void refused(Kind kind, String field, Snapshot network, Probe probe) {
    RefusedException refused = assertThrows(RefusedException.class, () -> measure(network, probe));
    assertEquals(kind, refused.kind());
    assertEquals(field, refused.field());
  }

  private static FiniteTimeExponents measure(Snapshot network, Probe probe) {
    return FeedForward.measure(network, probe, Protocol.DEFAULT);
  }

  private static Snapshot network(String phi, boolean residual) {
    Random random = new Random(1);
    List<Tensor> tensors = new ArrayList<>();
    for (int l = 0; l + 1 < WIDTHS.length; l++) {
      String name = "layers." + l;
      tensors.add(Networks.gaussian(name + ".weight", random, 1, WIDTHS[l + 1], WIDTHS[l]));
      tensors.add(Networks.gaussian(name + ".bias", random, 0.3, WIDTHS[l + 1]));
    }
    Architecture architecture =
        new Architecture("feedforward", 3, 0, 1, true, "", phi, Map.of("residual", residual));
    return Networks.snapshot(architecture, tensors);
  }

  /** The largest singular value of a Jacobian made of central differences. */
  private static double stretch(Snapshot network, double[] inputs, int at) {
    double step = 1e-6;
    DMatrixRMaj jacobian = new DMatrixRMaj(2, 3);
    for (int j = 0; j < 3; j++) {
      double[] above = {inputs[at], inputs[at + 1], inputs[at + 2]};
      double[] below = above.clone();
      above[j] += step;
      below[j] -= step;
      double[] up = output(network, above);
      double[] down = output(network, below);
      for (int i = 0; i < 2; i++) {
        jacobian.set(i, j, (up[i] - down[i]) / (2 * step));
      }
    }
    var svd = DecompositionFactory_DDRM.svd(2, 3, false, false, true);
    svd.decompose(jacobian);
    return DoubleStream.of(svd.getSingularValues()).max().orElseThrow();
  }

  private static double[] output(Snapshot network, double[] x) {
    Activation phi = Cells.activation(network.architecture(), Activation.TANH, Activation.RELU);
    boolean residual = new Hyper(network.architecture()).truth("residual");
    double[] current = x;
    for (int l = 0; l < 3; l++) {
      double[] w = network.file().tensors().get("layers." + l + ".weight").toDoubles();
      double[] next = network.file().tensors().get("layers." + l + ".bias").toDoubles();
      for (int i = 0; i < next.length; i++) {
        for (int j = 0; j < current.length; j++) {
          next[i] += w[i * current.length + j] * current[j];
        }
        next[i] = phi.value(next[i]);
      }
      for (int i = 0; residual && current.length == next.length && i < next.length; i++) {
        next[i] += current[i];
      }
      current = next;
    }
    return current;
  }
}
