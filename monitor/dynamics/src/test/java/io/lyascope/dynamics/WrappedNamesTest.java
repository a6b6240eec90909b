package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training wrappers put their name before that of the module they wrap, wherever it sits. */
class WrappedNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn.bias",
        "module.rnn.bias",
        "_orig_mod.module._fsdp_wrapped_module.rnn.bias",
        "rnn._orig_mod.bias",
        "module.rnn._orig_mod.module.bias"
      })
  void areFoundUnderTheCoresPrefix(String name) {
    assertEquals(Optional.of(name), found(name, "rnn.", "bias"));
    assertEquals(Optional.of(name), found(name, "module.rnn.", "bias"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"my_module.rnn.bias", "rnn.submodule.bias", "ema.module.rnn.bias", "rnn.module"})
  void areNoOtherWords(String name) {
    assertFalse(parameters(name, "rnn.").has("bias"));
  }

  @Test
  void lastWordsAreTheTensorsOwn() {
    assertTrue(parameters("rnn.module", "rnn.").has("module"));
  }

  @Test
  void doNotHideAnExactName() {
    Tensor exact = tensor("rnn.bias", 1);
    Tensor wrapped = tensor("module.rnn.bias", 2);
    Snapshot snapshot = Networks.snapshot(architecture("rnn."), wrapped, exact);
    assertEquals(1, new Parameters(snapshot).vector("bias", 1)[0]);
  }

  @Test
  void wrapGradientsToo() {
    Tensor weight = tensor("rnn._orig_mod.bias", 1);
    Tensor gradient = tensor("grad/rnn._orig_mod.bias", 2);
    Parameters parameters =
        new Parameters(Networks.snapshot(architecture("rnn."), weight, gradient));
    assertEquals(2, parameters.gradient(weight).orElseThrow().toDoubles()[0]);
  }

  @Test
  void mayBeRepeatedToTheEndOfTheHeader() {
    String name = "module.".repeat(140_000) + "rnn.bias";
    assertTrue(parameters(name, "rnn.").has("bias"));
  }

  private static Optional<String> found(String name, String prefix, String wanted) {
    Parameters parameters = parameters(name, prefix);
    return parameters.has(wanted)
        ? Optional.of(parameters.weights(wanted).name())
        : Optional.empty();
  }

  private static Parameters parameters(String name, String prefix) {
    return new Parameters(Networks.snapshot(architecture(prefix), tensor(name, 1)));
  }

  private static Tensor tensor(String name, double value) {
    return Tensor.of(name, Dtype.F64, new int[] {1}, value);
  }

  private static Architecture architecture(String prefix) {
    return new Architecture("rnn", 1, 1, 1, true, prefix, "tanh", Map.of());
  }
}
