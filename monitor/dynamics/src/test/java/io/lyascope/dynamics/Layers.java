package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Feed-forward networks for tests, and what they compute, written out plainly. */
final class Layers {

  private Layers() {}

  /** A network with Gaussian weights of standard deviation gain / sqrt(fan-in), and its readout. */
  static Snapshot random(String phi, boolean residual, double gain, long seed, int... widths) {
    Random random = new Random(seed);
    List<Tensor> tensors = new ArrayList<>();
    for (int l = 0; l + 1 < widths.length; l++) {
      String name = "layers." + l;
      double scale = gain / Math.sqrt(widths[l]);
      tensors.add(Networks.gaussian(name + ".weight", random, scale, widths[l + 1], widths[l]));
      tensors.add(Networks.gaussian(name + ".bias", random, 0.3, widths[l + 1]));
    }
    return Networks.snapshot(architecture(phi, residual, widths[0], true), tensors);
  }

  /** A network without biases of these weights, the last of which is the readout's. */
  static Snapshot of(String phi, DMatrixRMaj... weights) {
    List<Tensor> tensors = new ArrayList<>();
    for (int l = 0; l < weights.length; l++) {
      int[] shape = {weights[l].numRows, weights[l].numCols};
      tensors.add(Tensor.of("layers." + l + ".weight", Dtype.F64, shape, weights[l].data.clone()));
    }
    return Networks.snapshot(architecture(phi, false, weights[0].numCols, false), tensors);
  }

  static Architecture architecture(String phi, boolean residual, int inputs, boolean bias) {
    return new Architecture(
        "feedforward", inputs, 0, 1, bias, "", phi, Map.of("residual", residual));
  }

  /** The Jacobian of the hidden layers at x, formed layer by layer. */
  static DMatrixRMaj jacobian(Snapshot network, double[] x) {
    Activation phi = Cells.activation(network.architecture(), Activation.TANH, Activation.RELU);
    boolean residual = new Hyper(network.architecture()).truth("residual");
    DMatrixRMaj jacobian = CommonOps_DDRM.identity(x.length);
    double[] current = x;
    for (int l = 0; network.file().tensors().containsKey("layers." + (l + 1) + ".weight"); l++) {
      DMatrixRMaj layer = weight(network, l);
      double[] next = bias(network, l, layer.numRows);
      boolean straight = residual && layer.numRows == layer.numCols;
      for (int i = 0; i < next.length; i++) {
        for (int j = 0; j < current.length; j++) {
          next[i] += layer.get(i, j) * current[j];
        }
        for (int j = 0; j < current.length; j++) {
          layer.set(i, j, phi.slope(next[i]) * layer.get(i, j) + (straight && i == j ? 1 : 0));
        }
        next[i] = phi.value(next[i]) + (straight ? current[i] : 0);
      }
      DMatrixRMaj product = new DMatrixRMaj(layer.numRows, x.length);
      CommonOps_DDRM.mult(layer, jacobian, product);
      jacobian = product;
      current = next;
    }
    return jacobian;
  }

  private static DMatrixRMaj weight(Snapshot network, int layer) {
    Tensor weight = network.file().tensors().get("layers." + layer + ".weight");
    return new DMatrixRMaj(weight.shape()[0], weight.shape()[1], true, weight.toDoubles());
  }

  private static double[] bias(Snapshot network, int layer, int size) {
    Tensor bias = network.file().tensors().get("layers." + layer + ".bias");
    return bias == null ? new double[size] : bias.toDoubles();
  }

  static SingularValueDecomposition_F64<DMatrixRMaj> svd(DMatrixRMaj matrix) {
    var svd = DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, true, true, false);
    svd.decompose(matrix.copy());
    return svd;
  }
}
