package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector arithmetic gives the same bits as plain Java, so that either may do any part. */
class ArithmeticTest {

  private final Arithmetic scalar = new ScalarArithmetic();
  private final Arithmetic vector = new VectorArithmetic();
  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 16, 33, 64, 65, 129, 257, 600})
  void bothMultiplyRowsAlike(int depth) {
    int from = depth + 2;
    for (int units : new int[] {1, 8, 9, 40}) {
      Panels b = panels(depth, units);
      for (int rows : new int[] {1, 2, 5, 7, 48}) {
        double[] a = random(3 + from * rows);
        double[] packed = new double[48 * depth];
        double[] expected = new double[(rows + Arithmetic.ROWS) * b.width()];
        double[] actual = expected.clone();
        scalar.multiply(a, 3, from, rows, b, expected, packed);
        vector.multiply(a, 3, from, rows, b, actual, packed);
        int end = rows * b.width();
        assertArrayEquals(Arrays.copyOf(expected, end), Arrays.copyOf(actual, end));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 16, 33, 129})
  void bothMultiplyTilesOfSinglesAlike(int depth) {
    float[] a = singles(3 + depth * Arithmetic.ROWS);
    float[] b = singles(5 + depth * Arithmetic.SINGLES);
    int to = Arithmetic.SINGLES + 1;
    float[] expected = singles(7 + Arithmetic.ROWS * to);
    float[] actual = expected.clone();
    scalar.multiply(a, 3, b, 5, depth, expected, 7, to);
    vector.multiply(a, 3, b, 5, depth, actual, 7, to);
    assertArrayEquals(expected, actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 16, 33, 129})
  void bothAddRowsAlike(int depth) {
    double[] x = random(3 + depth);
    for (int units : new int[] {1, 8, 9, 31, 64, 70}) {
      Panels b = panels(depth, units);
      double[] expected = random(b.width());
      double[] actual = expected.clone();
      scalar.addRow(x, 3, b, expected);
      vector.addRow(x, 3, b, actual);
      assertArrayEquals(expected, actual);
    }
  }

  /** Two gates, of whose inputs the first two take no part. */
  private Panels panels(int depth, int units) {
    Panels all = Panels.zeros(depth + 2, 2, units);
    Arrays.setAll(all.values(), i -> random.nextGaussian());
    return all.inputs(2, depth);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7})
  void bothScaleColumnsAlike(int depth) {
    double[] scale = random(2 + Arithmetic.WIDTH);
    double[] b = random(5 + depth * Arithmetic.WIDTH);
    double[] expected = random(1 + depth * Arithmetic.WIDTH);
    double[] actual = expected.clone();
    scalar.addScaled(scale, 2, b, 5, depth, expected, 1);
    vector.addScaled(scale, 2, b, 5, depth, actual, 1);
    assertArrayEquals(expected, actual);
    scalar.scale(scale, 1, b, 4, depth, expected, 0);
    vector.scale(scale, 1, b, 4, depth, actual, 0);
    assertArrayEquals(expected, actual);
    double[] rows = random(depth);
    scalar.addScaledRows(rows, b, 5, depth, expected, 1);
    vector.addScaledRows(rows, b, 5, depth, actual, 1);
    assertArrayEquals(expected, actual);
    scalar.scaleRows(rows, b, 4, depth, expected, 0);
    vector.scaleRows(rows, b, 4, depth, actual, 0);
    assertArrayEquals(expected, actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 15, 16, 17, 31, 64, 100, 1001})
  void bothTakeStretchesAlike(int count) {
    double[] x = random(count + 3);
    double[] y = random(count + 5);
    double[] parts = new double[Arithmetic.SCRATCH];
    double expected = scalar.dot(x, 3, y, 5, count, parts);
    assertEquals(expected, vector.dot(x, 3, y, 5, count, parts));
    assertEquals(scalar.largestBits(x, 3, count), vector.largestBits(x, 3, count));
    double[] one = y.clone();
    double[] other = y.clone();
    scalar.add(-0.3, x, 3, one, 5, count);
    vector.add(-0.3, x, 3, other, 5, count);
    assertArrayEquals(one, other);
    scalar.multiplyAdd(x, y, 4, x, 2, one, 1, count);
    vector.multiplyAdd(x, y, 4, x, 2, other, 1, count);
    assertArrayEquals(one, other);
    scalar.multiply(y, x, 3, one, 2, count);
    vector.multiply(y, x, 3, other, 2, count);
    assertArrayEquals(one, other);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 16, 32, 33, 40, 64, 80})
  void bothDeflateAlike(int size) {
    double[] expected = random(2 + 10 * size);
    double[] actual = expected.clone();
    double[] parts = new double[Arithmetic.SCRATCH];
    int first = 2 + Arithmetic.UNITS * size;
    for (int count = 0; count < 6; count++) {
      scalar.deflate(expected, 1, first, count, size, parts);
      vector.deflate(actual, 1, first, count, size, parts);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void deflationLeavesNothingAlongTheUnitVectors() {
    int size = 24;
    double[] values = new double[(Arithmetic.UNITS + 1) * size];
    for (int unit = 0; unit < Arithmetic.UNITS; unit++) {
      values[unit * size + 5 * unit] = unit % 2 == 0 ? 1 : -1;
    }
    int at = Arithmetic.UNITS * size;
    Arrays.setAll(values, i -> i < at ? values[i] : i - at + 1);
    vector.deflate(values, 0, at, 1, size, new double[Arithmetic.SCRATCH]);
    for (int i = 0; i < size; i++) {
      assertEquals(i % 5 == 0 && i < 20 ? 0 : i + 1, values[at + i]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 17, 40})
  void bothSeeWhatIsNotFinite(int count) {
    long infinite = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, -0x1p-1074}) {
      double[] values = random(count);
      values[count / 2] = wrong;
      long expected = scalar.largestBits(values, 0, count);
      assertEquals(expected, vector.largestBits(values, 0, count));
      assertEquals(!Double.isFinite(wrong), expected >= infinite);
    }
  }

  private float[] singles(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private double[] random(int size) {
    return random.doubles(size, -2, 2).toArray();
  }

  /** Eight elements a stretch and four stretches are what is seen at a glance. */
  @ParameterizedTest
  @CsvSource({"8,4", "16,8", "24,3", "5,4", "64,12"})
  void neitherTakesAStretchOutOfBoundsForOneWithin(int size, int count) {
    for (double odd : new double[] {0, 1e-3, 1e3, -1e3, Double.NaN, Double.NEGATIVE_INFINITY}) {
      double[] values = new double[size * count];
      Arrays.fill(values, -1);
      Arrays.fill(values, (count - 1) * size, count * size, odd);
      assertFalse(scalar.areWithin(values, size, count, 0.1, 10));
      assertFalse(vector.areWithin(values, size, count, 0.1, 10));
    }
  }

  @Test
  void bothSeeThatAllStretchesAreWithinBounds() {
    double[] values = random(16 * 8);
    values[3] = 0;
    assertTrue(scalar.areWithin(values, 16, 8, 1e-9, 1e9));
    assertTrue(vector.areWithin(values, 16, 8, 1e-9, 1e9));
  }
}
