package io.lyascope.dynamics;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The product of packed weights with n tangent vectors, and the decomposition of a basis. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {

  @Param({"64", "128", "256", "512", "1024"})
  int size;

  private final Kernels kernels = new Kernels();
  private Panels weights;
  private Matrix vectors;
  private Matrix few;
  private Matrix product;
  private TangentBasis basis;
  private double[] source;
  private Orthonormalizer orthonormalizer;

  /** Random weights, and a basis whose columns have come closer by a factor of a thousand. */
  @Setup
  public void make() {
    Kernels.use(new VectorArithmetic());
    weights = Panels.ofRows(random(), 1);
    vectors = random();
    few = vectors.rows(0, 16);
    product = Matrix.zeros(size, size);
    basis = new TangentBasis(size, size);
    Random random = new Random(2);
    source = new double[size * size];
    for (int i = 0; i < source.length; i++) {
      source[i] = random.nextGaussian() * Math.exp(-7.0 * (i % size) / size);
    }
    orthonormalizer = new Orthonormalizer(size, size, kernels);
  }

  private Matrix random() {
    Random random = new Random(1);
    return new Matrix(random.doubles((long) size * size, -1, 1).toArray(), 0, size, size, size);
  }

  /** 2 n^3 operations. */
  @Benchmark
  public Object product() {
    kernels.multiply(vectors, weights, product, Kernels.Target.SET);
    return product;
  }

  /** The same for sixteen vectors only. */
  @Benchmark
  public Object productOfFew() {
    kernels.multiply(few, weights, product, Kernels.Target.SET);
    return product;
  }

  /** Q and log diag(R); the copy that puts the basis back is timed with it. */
  @Benchmark
  public Object decomposition() {
    basis.set(source);
    orthonormalizer.orthonormalize(basis);
    return orthonormalizer.logDiagonal;
  }
}
