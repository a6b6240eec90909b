package io.lyascope.dynamics;

/**
 * The covariance of vectors that come one by one, gathered in blocks that are merged by Chan's
 * formula, so that neither the number of vectors nor a large mean costs accuracy. Vectors are
 * scaled by a common power of two, which the dimension does not see, so that no square overflows.
 */
final class Covariance {

  private static final int BLOCK = 64;
  private static final int ROOM = 400;

  private final int size;
  private final Matrix block;
  private final Matrix products;
  private final double[] sum;
  private final double[] mean;
  private final double[] blockMean;
  private final Kernels kernels = new Kernels();
  private int pending;
  private long count;
  private int exponent = Integer.MIN_VALUE;

  Covariance(int size) {
    this.size = size;
    this.block = Matrix.zeros(size, BLOCK);
    this.products = Matrix.zeros(size, size);
    this.sum = new double[Math.multiplyExact(size, size)];
    this.mean = new double[size];
    this.blockMean = new double[size];
  }

  /** Adds the first {@code size} numbers of {@code vector}. */
  void add(double[] vector) {
    fitScale(vector);
    for (int i = 0; i < size; i++) {
      block.values()[i * BLOCK + pending] = Math.scalb(vector[i], -exponent);
    }
    pending++;
    if (pending == BLOCK) {
      merge();
    }
  }

  /** The participation ratio of the eigenvalues, (trace C)^2 / |C|^2; 0 without any variance. */
  double dimension() {
    merge();
    double trace = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      trace += sum[i * size + i];
    }
    for (double element : sum) {
      squares += (element / trace) * (element / trace);
    }
    return trace > 0 ? 1 / squares : 0;
  }

  private void merge() {
    if (pending == 0) {
      return;
    }
    centre();
    kernels.multiplyTransposed(block, block, products);
    double weight = (double) count * pending / (count + pending);
    for (int i = 0; i < size; i++) {
      double shift = weight * (blockMean[i] - mean[i]);
      for (int j = 0; j < size; j++) {
        sum[i * size + j] += products.values()[i * size + j] + shift * (blockMean[j] - mean[j]);
      }
    }
    for (int i = 0; i < size; i++) {
      mean[i] += (blockMean[i] - mean[i]) * pending / (count + pending);
    }
    count += pending;
    pending = 0;
  }

  /** Takes the block's mean out of it; places that no vector has filled become zero. */
  private void centre() {
    for (int i = 0; i < size; i++) {
      int from = i * BLOCK;
      double total = 0;
      for (int j = 0; j < pending; j++) {
        total += block.values()[from + j] - block.values()[from];
      }
      blockMean[i] = block.values()[from] + total / pending;
      for (int j = 0; j < BLOCK; j++) {
        block.values()[from + j] = j < pending ? block.values()[from + j] - blockMean[i] : 0;
      }
    }
  }

  /** Starts over at a larger scale where a vector would outgrow the present one. */
  private void fitScale(double[] vector) {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(vector[i]));
    }
    int needed = largest == 0 ? Double.MIN_EXPONENT : Math.getExponent(largest);
    if (exponent == Integer.MIN_VALUE) {
      exponent = needed;
    } else if (needed > exponent + ROOM) {
      merge();
      for (int i = 0; i < size; i++) {
        mean[i] = Math.scalb(mean[i], exponent - needed);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] = Math.scalb(Math.scalb(sum[i], exponent - needed), exponent - needed);
      }
      exponent = needed;
    }
  }
}
