package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be measured is refused with the name of what is wrong. */
class RefusalsTest {

  private static final Architecture LSTM = Networks.architecture("lstm", 2, 3, 2, true);
  private static final Probe PROBE = Probes.random(2, 30, 2, 1);
  private static final String PROTOCOL = "{'burn_in':5}";

  @Test
  void anUnknownCell() {
    RefusedException refused =
        refused(Kind.UNSUPPORTED, "lyascope.architecture.cell", with(LSTM, "transformer"), PROBE);
    assertTrue(refused.getMessage().endsWith("rate, feedforward"), refused.getMessage());
  }

  @Test
  void anUnknownNonlinearity() {
    Architecture architecture = new Architecture("rnn", 2, 3, 1, true, "", "gelu", Map.of());
    Snapshot network = Networks.snapshot(architecture);
    refused(Kind.UNSUPPORTED, "lyascope.architecture.nonlinearity", network, PROBE);
  }

  @Test
  void aHiddenSizeOfZero() {
    Snapshot network = Networks.snapshot(Networks.architecture("gru", 2, 0, 1, true));
    refused(Kind.SHAPE, "lyascope.architecture.hidden_size", network, PROBE);
  }

  /** Sizes are looked at before anything is made of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rnn", "lstm", "gru", "asrnn", "cornn", "lipschitz", "noisy", "lem", "rate"})
  void sizesThatNoNetworkHas(String cell) {
    for (int size : new int[] {46_341, 1 << 29, 715_827_883, Integer.MAX_VALUE}) {
      Snapshot network = Networks.snapshot(huge(cell, 2, size));
      refused(Kind.SHAPE, "lyascope.architecture.hidden_size", network, PROBE);
    }
    Snapshot wide = Networks.snapshot(huge(cell, Integer.MAX_VALUE, 3));
    refused(Kind.SHAPE, "lyascope.architecture.input_size", wide, PROBE);
  }

  @Test
  void moreLayersThanThereAreTensorsFor() {
    Architecture claimed = Networks.architecture("gru", 2, 3, Integer.MAX_VALUE, true);
    Snapshot three = Networks.random(Networks.architecture("gru", 2, 3, 3, true), 1, 1);
    Snapshot network = Networks.snapshot(claimed, List.copyOf(three.file().tensors().values()));
    refused(Kind.SHAPE, "lyascope.architecture.num_layers", network, PROBE);
    assertEquals(3, RecurrentWeights.of(network).matrices().size());
  }

  @Test
  void halfOfABidirectionalNetwork() {
    Architecture gru = new Architecture("gru", 2, 3, 1, true, "encoder.", "tanh", Map.of());
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : Networks.random(gru, 1, 1).file().tensors().values()) {
      tensors.add(tensor.renamed("module.encoder." + tensor.name()));
      tensors.add(tensor.renamed("module.decoder." + tensor.name() + "_reverse"));
    }
    TangentFlow.begin(Networks.snapshot(gru, tensors), PROBE, Probes.protocol(PROTOCOL));
    tensors.add(tensors.getFirst().renamed("module.encoder.weight_hh_l0_reverse"));
    Snapshot network = Networks.snapshot(gru, tensors);
    refused(Kind.UNSUPPORTED, "encoder.weight_hh_l0_reverse", network, PROBE);
  }

  @Test
  void aTimeStepThatIsNone() {
    for (double dt : new double[] {0, -0.1, -0.0}) {
      Snapshot network = OtherCells.rate(3, "tanh", 1, Map.of("dt", dt));
      refused(Kind.UNSUPPORTED, "lyascope.architecture.hyper.dt", network, PROBE);
    }
  }

  @Test
  void moreNumbersThanAnArrayHolds() {
    Snapshot network = OtherCells.autonomousRate(3);
    Snapshot noisy =
        Networks.snapshot(
            new Architecture("rate", 0, 3, 1, true, "", "tanh", Map.of("dt", 0.1, "sigma", 1)),
            List.copyOf(network.file().tensors().values()));
    Probe probe = Probes.of(zeros("h0", 2, 3));
    refused(Kind.PROTOCOL, "steps", noisy, probe, "{'steps':2000000000}");
  }

  @Test
  void aMissingTensor() {
    Snapshot network = edited("weight_hh_l1", tensor -> null);
    refused(Kind.MISSING_TENSOR, "weight_hh_l1", network, PROBE);
  }

  @Test
  void aMissingBiasUnlessThereIsNone() {
    Snapshot network = edited("bias_hh_l0", tensor -> null);
    refused(Kind.MISSING_TENSOR, "bias_hh_l0", network, PROBE);
    Architecture without = Networks.architecture("lstm", 2, 3, 2, false);
    TangentFlow.begin(
        Networks.snapshot(without, List.copyOf(network.file().tensors().values())),
        PROBE,
        Probes.protocol(PROTOCOL));
  }

  @Test
  void aShapeThatContradictsTheArchitecture() {
    Snapshot network =
        edited("weight_ih_l1", tensor -> Tensor.of(tensor.name(), Dtype.F32, new int[] {2}, 1, 2));
    RefusedException refused = refused(Kind.SHAPE, "weight_ih_l1", network, PROBE);
    assertTrue(refused.getMessage().contains("[2]"), refused.getMessage());
    assertTrue(refused.getMessage().contains("[12, 3]"), refused.getMessage());
  }

  @Test
  void aWeightThatIsNoNumber() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Snapshot network = edited("weight_hh_l0", tensor -> poisoned(tensor, value));
      refused(Kind.NONFINITE_WEIGHTS, "weight_hh_l0", network, PROBE);
    }
  }

  @Test
  void aWeightThatIsNoNumberAnywhereButInGradients() {
    Tensor head = Tensor.of("head.weight", Dtype.F32, new int[] {1}, Double.NaN);
    refused(Kind.NONFINITE_WEIGHTS, "head.weight", and(head), PROBE);
    Tensor gradient = head.renamed("grad/head.weight");
    TangentFlow.begin(and(gradient), PROBE, Probes.protocol(PROTOCOL));
  }

  @Test
  void aProbeThatDoesNotFit() {
    Snapshot network = Networks.random(LSTM, 1, 1);
    Tensor inputs = Probes.inputs(2, 30, 2, 1);
    refused(Kind.PROBE, "inputs", network, Probes.random(2, 30, 4, 1));
    refused(Kind.PROBE, "inputs", network, Probes.of());
    refused(Kind.PROBE, "inputs", network, Probes.of(poisoned(inputs, Double.NaN)));
    refused(Kind.PROBE, "inputs", network, Probes.random(2, 5, 2, 1));
    refused(Kind.PROBE, "h0", network, Probes.of(inputs, zeros("h0", 2, 11)));
    refused(Kind.PROBE, "q0", network, Probes.of(inputs, zeros("q0", 6, 2)));
    refused(Kind.PROBE, "q0", network, Probes.of(inputs, zeros("q0", 12, 2)));
  }

  @Test
  void aNamedProtocolThatIsLongerThanTheProbe() {
    Snapshot network = Networks.random(LSTM, 1, 1);
    refused(Kind.PROBE, "inputs", network, PROBE, "{'name':'mine/1','burn_in':5,'steps':26}");
    assertEquals(
        25, TangentFlow.begin(network, PROBE, Probes.protocol(PROTOCOL)).protocol().steps());
  }

  @Test
  void moreThanThereIs() {
    Snapshot network = Networks.random(LSTM, 1, 1);
    refused(Kind.PROTOCOL, "exponents", network, PROBE, "{'burn_in':5,'exponents':13}");
    refused(Kind.PROTOCOL, "sequences", network, PROBE, "{'burn_in':5,'sequences':3}");
  }

  private static RefusedException refused(Kind kind, String field, Snapshot snapshot, Probe probe) {
    return refused(kind, field, snapshot, probe, PROTOCOL);
  }

  private static RefusedException refused(
      Kind kind, String field, Snapshot snapshot, Probe probe, String protocol) {
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> TangentFlow.begin(snapshot, probe, Probes.protocol(protocol)));
    assertEquals(kind, refused.kind(), refused.getMessage());
    assertEquals(field, refused.field());
    return refused;
  }

  private static Architecture huge(String cell, int input, int hidden) {
    Map<String, Object> hyper =
        Map.of("eps", 0.1, "gamma", 0.1, "beta", 0.5, "gamma_a", 0.1, "gamma_w", 0.1, "dt", 0.1);
    return new Architecture(cell, input, hidden, 1, false, "", "tanh", hyper);
  }

  private static Snapshot with(Architecture a, String cell) {
    return Networks.snapshot(
        Networks.architecture(cell, a.inputSize(), a.hiddenSize(), a.layers(), a.bias()));
  }

  private static Snapshot edited(String name, UnaryOperator<Tensor> edit) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : Networks.random(LSTM, 1, 1).file().tensors().values()) {
      Tensor edited = tensor.name().equals(name) ? edit.apply(tensor) : tensor;
      if (edited != null) {
        tensors.add(edited);
      }
    }
    return Networks.snapshot(LSTM, tensors);
  }

  private static Snapshot and(Tensor more) {
    List<Tensor> tensors = new ArrayList<>(Networks.random(LSTM, 1, 1).file().tensors().values());
    tensors.add(more);
    return Networks.snapshot(LSTM, tensors);
  }

  private static Tensor poisoned(Tensor tensor, double value) {
    double[] values = tensor.toDoubles();
    values[values.length / 2] = value;
    return Tensor.of(tensor.name(), tensor.dtype(), tensor.shape(), values);
  }

  private static Tensor zeros(String name, int rows, int columns) {
    return Tensor.of(name, Dtype.F64, new int[] {rows, columns}, new double[rows * columns]);
  }
}
