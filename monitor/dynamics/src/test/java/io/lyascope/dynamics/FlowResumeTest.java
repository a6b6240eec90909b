package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowResumeTest {

  private static final Snapshot NETWORK =
      Networks.random(Networks.architecture("lstm", 2, 6, 2, true), 4, 1);

  private static final Probe PROBE = Probes.random(3, 60, 2, 2);
  private static final Protocol PROTOCOL = Probes.protocol("{'warmup':3,'burn_in':7}");

  /** Every place between two steps, those in the middle of an interval among them. */
  @Test
  void goesOnBitForBitFromEveryStep() {
    LyapunovSpectrum whole = flow().finish();
    for (TangentFlow flow = flow(); !flow.isComplete(); flow.advance(1)) {
      TangentFlow resumed = TangentFlow.resume(flow.save(), NETWORK, PROBE, PROTOCOL);
      assertEquals(flow.countedSteps(), resumed.countedSteps());
      assertEquals(whole, resumed.finish());
    }
  }

  @Test
  void goesOnWhereAnIntervalIsDoneAgain() {
    // The rate of one direction drops by twenty at step 30, in the middle of a long interval.
    TestMap map =
        new TestMap(
            3,
            h -> new double[] {h[0] + 1, 0, 0},
            h -> new double[][] {{1, 0, 0}, {0, 1.1, 0}, {0, 0, h[0] < 30 ? 1 : 2e-9}});
    Probe probe = Probes.autonomous(80, 0, 0, 0);
    Protocol protocol = Probes.protocol("{'burn_in':0,'steps':50}");
    LyapunovSpectrum whole = TangentFlow.begin(map, probe, protocol).finish();
    TangentFlow flow = TangentFlow.begin(map, probe, protocol);
    int steps = 0;
    for (; !flow.isComplete(); steps++) {
      TangentFlow resumed = TangentFlow.begin(map, probe, protocol);
      resumed.load(flow.save());
      assertEquals(whole, resumed.finish());
      flow.advance(1);
    }
    assertTrue(steps > 50, "an interval was done again");
  }

  /** More sequences than lanes: the second of a lane begins with the interval of the first. */
  @Test
  void goesOnWhereSequencesFollowOneAnother() {
    Probe many = Probes.random(20, 12, 2, 2);
    Protocol protocol = Probes.protocol("{'warmup':1,'burn_in':0}");
    LyapunovSpectrum whole = TangentFlow.begin(NETWORK, many, protocol).finish();
    TangentFlow flow = TangentFlow.begin(NETWORK, many, protocol);
    for (; !flow.isComplete(); flow.advance(3)) {
      assertEquals(whole, TangentFlow.resume(flow.save(), NETWORK, many, protocol).finish());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 400})
  void survivesBeingCutAgainAndAgain(int steps) {
    TangentFlow flow = flow();
    while (!flow.advance(steps)) {
      flow = TangentFlow.resume(flow.save(), NETWORK, PROBE, PROTOCOL);
    }
    assertEquals(flow().finish(), flow.spectrum());
  }

  @Test
  void isTheSameStateWhenWrittenAgain() {
    TangentFlow flow = flow();
    flow.advance(100);
    byte[] state = flow.save();
    assertArrayEquals(state, TangentFlow.resume(state, NETWORK, PROBE, PROTOCOL).save());
    assertFalse(flow.isComplete());
  }

  @Test
  void refusesTheStateOfAnotherMeasurement() {
    TangentFlow flow = flow();
    flow.advance(50);
    byte[] state = flow.save();
    Snapshot other = Networks.random(Networks.architecture("lstm", 2, 6, 2, true), 4, 2);
    assertRefused(() -> TangentFlow.resume(state, other, PROBE, PROTOCOL), "measurement");
    Probe inputs = Probes.random(3, 60, 2, 3);
    assertRefused(() -> TangentFlow.resume(state, NETWORK, inputs, PROTOCOL), "measurement");
    Protocol seed = Probes.protocol("{'warmup':3,'burn_in':7,'seed':1}");
    assertRefused(() -> TangentFlow.resume(state, NETWORK, PROBE, seed), "measurement");
  }

  @Test
  void refusesBytesThatAreNoState() {
    TangentFlow flow = flow();
    flow.advance(50);
    byte[] state = flow.save();
    Random random = new Random(7);
    LyapunovSpectrum whole = flow.finish();
    for (int i = 0; i < 600; i++) {
      byte[] broken =
          i % 3 == 0
              ? Arrays.copyOf(state, random.nextInt(state.length))
              : damaged(state, random, i);
      try {
        // A blank of the header may have become another kind of blank.
        assertEquals(whole, TangentFlow.resume(broken, NETWORK, PROBE, PROTOCOL).finish());
        assertTrue(i % 3 != 0, "a cut file was accepted");
      } catch (RefusedException e) {
        assertEquals(RefusedException.Kind.MALFORMED, e.kind());
        assertEquals("flow", e.field());
      }
    }
  }

  /** Numbers that are out of range in a file that is otherwise whole. */
  @Test
  void refusesNumbersThatNoFlowWrites() {
    TangentFlow flow = flow();
    flow.advance(50);
    TensorFile file = TensorFile.read(flow.save(), Limits.DEFAULT);
    for (double wrong : new double[] {-1, 0.5, 1e9, Double.NaN}) {
      double[] values = file.tensors().get("sequence/1").toDoubles();
      values[0] = wrong;
      assertRefused(() -> resumeWith(file, values), "a number of it is");
    }
    double[] values = file.tensors().get("sequence/1").toDoubles();
    assertRefused(() -> resumeWith(file, Arrays.copyOf(values, values.length + 1)), "wanted");
    assertRefused(() -> resumeWith(file, Arrays.copyOf(values, values.length - 1)), "wanted");
    assertRefused(() -> resumeWith(file, new double[0]), "wanted");
  }

  @Test
  void aFlowThatHasFailedHasNoState() {
    TestMap map = new TestMap(1, h -> new double[] {10 * h[0]}, h -> new double[][] {{10}});
    TangentFlow flow =
        TangentFlow.begin(map, Probes.autonomous(500, 1), Probes.protocol("{'steps':480}"));
    assertThrows(RefusedException.class, flow::finish);
    assertThrows(IllegalStateException.class, flow::save);
  }

  private static TangentFlow flow() {
    return TangentFlow.begin(NETWORK, PROBE, PROTOCOL);
  }

  private static byte[] damaged(byte[] state, Random random, int round) {
    byte[] copy = state.clone();
    int within = round % 3 == 1 ? Math.min(600, state.length) : state.length;
    copy[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
    return copy;
  }

  private static void resumeWith(TensorFile file, double[] sequence) {
    List<Tensor> tensors = new ArrayList<>(file.tensors().values());
    tensors.replaceAll(tensor ->
        tensor.name().equals("sequence/1")
            ? Tensor.of("sequence/1", Dtype.F64, new int[] {sequence.length}, sequence)
            : tensor);
    Map<String, String> metadata = file.metadata();
    byte[] forged = FlowFile.write(metadata.get("lyascope.measurement"), tensors);
    TangentFlow.resume(forged, NETWORK, PROBE, PROTOCOL);
  }

  private static void assertRefused(Executable action, String says) {
    RefusedException refused = assertThrows(RefusedException.class, action);
    assertEquals(RefusedException.Kind.MALFORMED, refused.kind());
    assertEquals("flow", refused.field());
    assertTrue(refused.getMessage().contains(says), refused.getMessage());
  }
}
