package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tensors of a snapshot by the names that a cell knows them under: without wrapper prefixes and
 * without the prefix of the recurrent core. Whatever it hands out has the wanted shape and is
 * finite.
 */
final class Parameters {

  /** What training wrappers put before the names of what they wrap, which may be any module. */
  private static final Pattern WRAPPERS =
      Pattern.compile("(?<![^.])(?:module|_orig_mod|_fsdp_wrapped_module)\\.");

  private static final String GRADIENT = "grad/";

  private final Architecture architecture;
  private final String prefix;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, Tensor> gradients = new LinkedHashMap<>();

  Parameters(Snapshot snapshot) {
    this.architecture = snapshot.architecture();
    this.prefix = architecture.prefix();
    Map<String, Tensor> found = snapshot.file().tensors();
    tensors.putAll(found); // an exact name beats one that was stripped
    found.forEach((name, tensor) -> tensors.putIfAbsent(stripped(name), tensor));
    found.forEach((name, tensor) -> {
      if (name.startsWith(GRADIENT)) {
        gradients.put(stripped(name.substring(GRADIENT.length())), tensor);
      }
    });
  }

  private static String stripped(String name) {
    return WRAPPERS.matcher(name).replaceAll("");
  }

  /** The names behind the core's prefix, without what wrapped the modules. */
  Stream<String> names() {
    String core = stripped(prefix);
    return tensors.keySet().stream()
        .map(Parameters::stripped)
        .filter(name -> name.startsWith(core))
        .map(name -> name.substring(core.length()));
  }

  boolean has(String name) {
    return find(name) != null;
  }

  /**
   * The elements of a tensor, row-major.
   *
   * @throws RefusedException of kind {@code missing_tensor}, {@code shape} or {@code
   *     nonfinite_weights}, naming the tensor
   */
  double[] vector(String name, int... shape) {
    Tensor tensor = find(name);
    if (tensor == null) {
      throw missing(name, ", wanted with shape " + Arrays.toString(shape));
    }
    if (!tensor.hasShape(shape)) {
      throw new RefusedException(
          Kind.SHAPE,
          tensor.name(),
          "tensor %s has shape %s, the architecture wants %s"
              .formatted(tensor.name(), tensor.shapeText(), Arrays.toString(shape)));
    }
    requireFinite(tensor);
    return tensor.toDoubles();
  }

  /** The extents of a tensor, wherever the architecture leaves them open. */
  int[] shape(String name) {
    Tensor tensor = find(name);
    if (tensor == null) {
      throw missing(name, "");
    }
    return tensor.shape();
  }

  /** A matrix of the cell, whatever is in it. */
  Tensor weights(String name) {
    Tensor tensor = find(name);
    if (tensor == null) {
      throw missing(name, "");
    }
    return tensor;
  }

  /**
   * The gradient that was sent beside a tensor.
   *
   * @throws RefusedException of kind {@code shape} if it is not as large
   */
  Optional<Tensor> gradient(Tensor of) {
    Tensor gradient = gradients.get(stripped(of.name()));
    if (gradient != null && !gradient.hasShape(of.shape())) {
      throw new RefusedException(
          Kind.SHAPE,
          gradient.name(),
          "tensor %s has shape %s, its tensor %s has %s"
              .formatted(gradient.name(), gradient.shapeText(), of.name(), of.shapeText()));
    }
    return Optional.ofNullable(gradient);
  }

  /** A bias, or zeros where the architecture has none. */
  double[] bias(String name, int size) {
    return architecture.bias() ? vector(name, size) : new double[size];
  }

  /** The elements of a vector that may also be written as a single row or column. */
  double[] line(String name, int size) {
    Tensor tensor = find(name);
    boolean line = tensor != null && (tensor.hasShape(size, 1) || tensor.hasShape(1, size));
    return line ? vector(name, tensor.shape()) : vector(name, size);
  }

  /** The same of a matrix. */
  Matrix matrix(String name, int rows, int columns) {
    return new Matrix(vector(name, rows, columns), 0, columns, rows, columns);
  }

  /** Weights that are not the cell's must be numbers too; gradients need not. */
  static void requireFiniteWeights(Snapshot snapshot) {
    snapshot
        .file()
        .tensors()
        .forEach((name, tensor) -> {
          if (!name.startsWith(GRADIENT)) {
            requireFinite(tensor);
          }
        });
  }

  private RefusedException missing(String name, String wanted) {
    return new RefusedException(
        Kind.MISSING_TENSOR, prefix + name, "tensor " + prefix + name + " is missing" + wanted);
  }

  private static void requireFinite(Tensor tensor) {
    OptionalInt index = tensor.firstNonFinite();
    if (index.isPresent()) {
      throw new RefusedException(
          Kind.NONFINITE_WEIGHTS,
          tensor.name(),
          "tensor %s holds %s at element %d"
              .formatted(tensor.name(), tensor.toDoubles()[index.getAsInt()], index.getAsInt()));
    }
  }

  private Tensor find(String name) {
    Tensor tensor = tensors.get(prefix + name);
    return tensor != null ? tensor : tensors.get(stripped(prefix + name));
  }
}
