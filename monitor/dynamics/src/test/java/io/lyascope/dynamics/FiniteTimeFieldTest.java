package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiniteTimeFieldTest {

  private static final FieldGrid GRID = new FieldGrid(-1, 1, 0, 6, 2, 3);

  @Test
  void pointsRunFromLeftToRightAndThenUp() {
    Snapshot network = Layers.random("tanh", false, 2, 1, 2, 6, 6, 3);
    assertEquals(
        at(network, 2, -1, 0, 1, 0, -1, 3, 1, 3, -1, 6, 1, 6),
        FiniteTimeField.of(network, InputPlane.WHOLE, GRID));
  }

  @Test
  void aPlaneLiesInMoreDimensions() {
    Snapshot network = Layers.random("tanh", false, 2, 1, 3, 6, 6, 3);
    InputPlane plane =
        InputPlane.of(file(tensor("origin", 1, 2, 3), tensor(2, "directions", 1, 0, 0, 0, 1, 1)));
    FiniteTimeExponents field = FiniteTimeField.of(network, plane, new FieldGrid(0, 2, 5, 5, 2, 1));
    assertEquals(at(network, 3, 1, 7, 8, 3, 7, 8), field);
  }

  @Test
  void whatIsNoPlaneIsNamed() {
    Snapshot network = Layers.random("tanh", false, 2, 1, 3, 6, 6, 3);
    assertRefused("plane", () -> FiniteTimeField.of(network, InputPlane.WHOLE, GRID));
    Tensor origin = tensor("origin", 1, 2, 3);
    assertRefused("directions", () -> InputPlane.of(file(origin)));
    assertRefused(
        "directions", () -> InputPlane.of(file(origin, tensor(3, "directions", 1, 2, 3))));
    Tensor directions = tensor(2, "directions", 1, 2, 3, 4);
    assertRefused("origin", () -> InputPlane.of(file(origin, directions)));
    Tensor holed = tensor("origin", Double.NaN, 1);
    assertRefused("origin", () -> InputPlane.of(file(holed, directions)));
  }

  @Test
  void aGridHasPointsAndEnds() {
    assertThrows(IllegalArgumentException.class, () -> new FieldGrid(0, 1, 0, 1, 0, 5));
    assertThrows(IllegalArgumentException.class, () -> new FieldGrid(0, 1, 0, 1, 1 << 16, 1 << 16));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FieldGrid(0, Double.POSITIVE_INFINITY, 0, 1, 2, 2));
  }

  private static void assertRefused(String field, Runnable action) {
    RefusedException refused = assertThrows(RefusedException.class, action::run);
    assertEquals(field, refused.field());
  }

  private static FiniteTimeExponents at(Snapshot network, int width, double... points) {
    Tensor inputs =
        Tensor.of("inputs", Dtype.F64, new int[] {points.length / width, width}, points);
    var details = Set.of(FiniteTimeDetail.DIRECTIONS);
    return FeedForwardFlow.begin(network, Probes.of(inputs), Protocol.DEFAULT, details).finish();
  }

  private static TensorFile file(Tensor... tensors) {
    return TensorFile.of(Map.of(), List.of(tensors));
  }

  private static Tensor tensor(String name, double... values) {
    return Tensor.of(name, Dtype.F64, new int[] {values.length}, values);
  }

  private static Tensor tensor(int rows, String name, double... values) {
    return Tensor.of(name, Dtype.F64, new int[] {rows, values.length / rows}, values);
  }
}
