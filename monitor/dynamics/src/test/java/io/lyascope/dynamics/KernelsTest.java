package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsTest {

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "1,3,2",
    "4,4,4",
    "5,7,6",
    "13,25,9",
    "8,65,64",
    "3,300,70",
    "64,257,66",
    "2,0,3"
  })
  void multipliesMatricesOfAwkwardSizes(int rows, int depth, int columns) {
    Matrix a = random(rows, depth + 2).columns(1, depth);
    Matrix b = random(depth + 1, columns).rows(1, depth);
    Matrix c = random(rows, columns + 3).columns(2, columns);
    new Kernels().multiply(a, b, c, Kernels.Target.SET);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int p = 0; p < depth; p++) {
          sum += get(a, i, p) * get(b, p, j);
        }
        assertEquals(sum, get(c, i, j), 1e-13 * (depth + 1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,7,6", "9,300,70"})
  void multipliesWithTheTransposeAndSubtracts(int rows, int depth, int columns) {
    Matrix a = random(rows, depth);
    Matrix b = random(columns, depth);
    Matrix c = Matrix.zeros(rows, columns);
    Kernels kernels = new Kernels();
    kernels.multiplyTransposed(a, b, c);
    Matrix d = random(rows, depth);
    Matrix before = new Matrix(d.values().clone(), 0, depth, rows, depth);
    kernels.multiply(c, b, d, Kernels.Target.SUBTRACT);
    for (int i = 0; i < rows; i++) {
      for (int p = 0; p < depth; p++) {
        double sum = get(before, i, p);
        for (int j = 0; j < columns; j++) {
          double product = 0;
          for (int q = 0; q < depth; q++) {
            product += get(a, i, q) * get(b, j, q);
          }
          assertEquals(product, get(c, i, j), 1e-12 * depth);
          sum -= product * get(b, j, p);
        }
        assertEquals(sum, get(d, i, p), 1e-11 * depth);
      }
    }
  }

  private Matrix random(int rows, int columns) {
    Matrix matrix = Matrix.zeros(rows, columns);
    for (int i = 0; i < matrix.values().length; i++) {
      matrix.values()[i] = random.nextGaussian();
    }
    return matrix;
  }

  private static double get(Matrix matrix, int i, int j) {
    return matrix.values()[matrix.row(i) + j];
  }
}
