package io.lyascope.dynamics;

/**
 * The covariance of vectors that come one by one, gathered in blocks that are merged by Chan's
 * formula, so that neither the number of vectors nor a large mean costs accuracy. Vectors are
 * scaled by a common power of two, which the dimension does not see, so that no square overflows.
 */
final class Covariance {

  private static final int BLOCK = 64;
  private static final int ROOM = 400;

  /** How far rounding takes a number from its mean, relative to it: two units in the last place. */
  private static final double ROUNDING = 0x1p-51;

  private final int size;
  private final Matrix block;
  private final Panels packed;

  /** Some rows of the block's products with itself. */
  private final Matrix strip;

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
    this.packed = Panels.zeros(BLOCK, 1, size);
    this.strip = Matrix.zeros(BLOCK, size);
    this.sum = new double[Math.multiplyExact(size, size)];
    this.mean = new double[size];
    this.blockMean = new double[size];
  }

  int size() {
    return size;
  }

  /** Writes or reads everything. */
  void copy(Tape tape) {
    tape.numbers(block.values());
    tape.numbers(sum);
    tape.numbers(mean);
    pending = tape.integer(pending, 0, BLOCK - 1);
    count = tape.integer(Math.toIntExact(count), 0, Integer.MAX_VALUE);
    exponent = tape.integer(exponent, Integer.MIN_VALUE, Double.MAX_EXPONENT);
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

  /** Adds all vectors of another, which stays as it is. */
  void addAll(Covariance other) {
    merge();
    if (other.exponent == Integer.MIN_VALUE) {
      return;
    }
    rescale(Math.max(exponent, other.exponent));
    int shift = other.exponent - exponent;
    if (other.count > 0) {
      for (int i = 0; i < size; i++) {
        blockMean[i] = Math.scalb(other.mean[i], shift);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += Math.scalb(Math.scalb(other.sum[i], shift), shift);
      }
      shiftTo(blockMean, other.count);
    }
    for (int i = 0; i < block.values().length; i++) {
      block.values()[i] = Math.scalb(other.block.values()[i], shift);
    }
    pending = other.pending;
    merge();
  }

  /**
   * The participation ratio of the eigenvalues, (trace C)^2 / |C|^2; 0 without any variance but
   * what the rounding of the vectors explains, whose directions mean nothing.
   */
  double dimension() {
    merge();
    double trace = 0;
    double squares = 0;
    double rounding = 0;
    for (int i = 0; i < size; i++) {
      trace += sum[i * size + i];
      rounding += count * (ROUNDING * mean[i]) * (ROUNDING * mean[i]);
    }
    for (double element : sum) {
      squares += (element / trace) * (element / trace);
    }
    return trace > rounding ? 1 / squares : 0;
  }

  private void merge() {
    if (pending == 0) {
      return;
    }
    centre();
    packed.packRows(block, 0);
    for (int first = 0; first < size; first += BLOCK) {
      int rows = Math.min(BLOCK, size - first);
      kernels.multiply(block.rows(first, rows), packed, strip.rows(0, rows), Kernels.Target.SET);
      for (int i = 0; i < rows * size; i++) {
        sum[first * size + i] += strip.values()[i];
      }
    }
    shiftTo(blockMean, pending);
    pending = 0;
  }

  /** Takes in the mean of {@code added} vectors whose products are in the sum already. */
  private void shiftTo(double[] addedMean, long added) {
    double weight = (double) count * added / (count + added);
    for (int i = 0; i < size; i++) {
      double shift = weight * (addedMean[i] - mean[i]);
      for (int j = 0; j < size; j++) {
        sum[i * size + j] += shift * (addedMean[j] - mean[j]);
      }
    }
    if (count == 0) {
      System.arraycopy(addedMean, 0, mean, 0, size); // x n / n is not always x
    }
    for (int i = 0; i < size; i++) {
      mean[i] += (addedMean[i] - mean[i]) * added / (count + added);
    }
    count += added;
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
    if (exponent == Integer.MIN_VALUE || needed > exponent + ROOM) {
      rescale(needed);
    }
  }

  private void rescale(int needed) {
    if (exponent != Integer.MIN_VALUE && exponent != needed) {
      merge();
      for (int i = 0; i < size; i++) {
        mean[i] = Math.scalb(mean[i], exponent - needed);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] = Math.scalb(Math.scalb(sum[i], exponent - needed), exponent - needed);
      }
    }
    exponent = needed;
  }
}
