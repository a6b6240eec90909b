package io.lyascope.server.cli;

import io.lyascope.dynamics.Ensemble;
import io.lyascope.dynamics.FieldGrid;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.FiniteTimeField;
import io.lyascope.dynamics.InputPlane;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes the field of largest exponents on a grid: {@code x} [NX], {@code y} [NY], {@code lambda}
 * [S, NY, NX], {@code direction} [S, NY, NX, D] of S networks, and the class {@code entropy} [NY,
 * NX] of all of them.
 *
 * @param plane where the grid lies; the inputs themselves if there are two
 */
record FieldTask(FieldGrid grid, Optional<Path> plane, Path file) implements EnsembleTask {

  @Override
  public Optional<EnsembleResult> run(List<Snapshot> networks, Probe probe, Protocol protocol) {
    InputPlane where = plane.map(FieldTask::read).orElse(InputPlane.WHOLE);
    double[] entropy = Ensemble.of(networks).entropy(where, grid);
    List<FiniteTimeExponents> fields =
        networks.stream().map(network -> FiniteTimeField.of(network, where, grid)).toList();
    try {
      Files.write(file, file(networks.getFirst(), fields, entropy).write());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
    return Optional.empty();
  }

  private static InputPlane read(Path file) {
    try {
      return InputPlane.of(TensorFile.read(Files.readAllBytes(file), Limits.DEFAULT));
    } catch (IOException e) {
      throw new RefusedException(
          RefusedException.Kind.PROBE, "plane", file + ": " + FileProblem.sentence(e));
    }
  }

  private TensorFile file(Snapshot first, List<FiniteTimeExponents> fields, double[] entropy) {
    int s = fields.size();
    int rows = grid.rows();
    int columns = grid.columns();
    double[] exponents =
        fields.stream()
            .flatMap(field -> field.perInput().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] directions =
        fields.stream()
            .flatMap(field -> field.directions().orElseThrow().stream())
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] x = IntStream.range(0, columns).mapToDouble(grid::x).toArray();
    double[] y = IntStream.range(0, rows).mapToDouble(grid::y).toArray();
    int width = directions.length / exponents.length;
    return TensorFile.of(
        Map.of("lyascope.run", first.run()),
        List.of(
            tensor("x", x, columns),
            tensor("y", y, rows),
            tensor("lambda", exponents, s, rows, columns),
            tensor("direction", directions, s, rows, columns, width),
            tensor("entropy", entropy, rows, columns)));
  }

  private static Tensor tensor(String name, double[] values, int... shape) {
    return Tensor.of(name, Dtype.F64, shape, values);
  }
}
