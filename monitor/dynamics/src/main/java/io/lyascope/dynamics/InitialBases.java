package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Tensor;
import java.util.Optional;
import java.util.Random;

/**
 * The orthonormal bases that a measurement starts from, one for all sequences unless the probe
 * brings one each.
 *
 * @param rows of a basis
 * @param columns that are measured
 * @param bases as {@link TangentBasis} lays them out; one, or one a sequence
 */
record InitialBases(int rows, int columns, double[][] bases) {

  /**
   * The bases that probe and protocol ask for.
   *
   * @throws RefusedException of kind {@code protocol} for more exponents than there are, of kind
   *     {@code probe} for a {@code q0} that does not fit
   */
  static InitialBases of(Probe probe, Protocol protocol, int rows, int sequences) {
    Optional<Tensor> given = probe.tensor("q0");
    int most = given.map(q0 -> givenColumns(q0, rows, sequences)).orElse(rows);
    int columns = columns(protocol, most);
    if ((long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new RefusedException(
          Kind.PROTOCOL, "exponents", "a basis of " + rows + " x " + columns + " is too large");
    }
    double[][] bases =
        given
            .map(q0 -> given(q0, rows, most, columns))
            .orElseGet(() -> new double[][] {chosen(protocol, rows, columns)});
    return new InitialBases(rows, columns, bases);
  }

  double[] of(int sequence) {
    return bases[bases.length == 1 ? 0 : sequence];
  }

  private static int columns(Protocol protocol, int most) {
    return switch (protocol.exponents()) {
      case Protocol.Count.All() -> most;
      case Protocol.Count.First(int k) when k <= most -> k;
      case Protocol.Count.First(int k) ->
          throw new RefusedException(
              Kind.PROTOCOL,
              "exponents",
              "protocol field exponents is " + k + ", there are " + most);
    };
  }

  private static double[] chosen(Protocol protocol, int rows, int columns) {
    TangentBasis basis = new TangentBasis(rows, columns);
    switch (protocol.initialBasis()) {
      case IDENTITY -> {
        for (int j = 0; j < columns; j++) {
          basis.set(j, j, 1);
        }
      }
      case RANDOM -> {
        // Column by column, so that fewer exponents start from the first columns of more.
        Random random = new Random(protocol.seed());
        for (int j = 0; j < columns; j++) {
          for (int i = 0; i < rows; i++) {
            basis.set(i, j, random.nextGaussian());
          }
        }
        new Orthonormalizer(rows, columns, new Kernels()).orthonormalize(basis);
      }
    }
    return basis.values;
  }

  private static int givenColumns(Tensor q0, int rows, int sequences) {
    int[] shape = q0.shape();
    boolean one = shape.length == 2 && shape[0] == rows;
    boolean each = shape.length == 3 && shape[0] >= sequences && shape[1] == rows;
    int columns = shape.length == 0 ? 0 : shape[shape.length - 1];
    if (!(one || each) || columns < 1 || columns > rows) {
      throw ProbeTensors.refused(
          "q0",
          "q0 has shape %s, wanted [%d, k] or [sequences, %d, k]"
              .formatted(q0.shapeText(), rows, rows));
    }
    ProbeTensors.requireFinite(q0);
    return columns;
  }

  private static double[][] given(Tensor q0, int rows, int present, int columns) {
    double[] values = q0.toDoubles();
    double[][] bases = new double[values.length / (rows * present)][];
    Orthonormalizer orthonormalizer = new Orthonormalizer(rows, columns, new Kernels());
    for (int b = 0; b < bases.length; b++) {
      TangentBasis basis = new TangentBasis(rows, columns);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          basis.set(i, j, values[(b * rows + i) * present + j]);
        }
      }
      orthonormalizer.orthonormalize(basis);
      for (int j = 0; j < columns; j++) {
        if (orthonormalizer.lost[j]) {
          throw ProbeTensors.refused("q0", "column " + j + " of q0 depends on those before it");
        }
      }
      bases[b] = basis.values;
    }
    return bases;
  }
}
