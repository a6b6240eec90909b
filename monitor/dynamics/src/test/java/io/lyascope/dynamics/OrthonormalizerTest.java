package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrthonormalizerTest {

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "5,5", "9,9", "17,16", "17,17", "33,18", "64,64", "100,3", "70,69"})
  void decomposesAsHouseholderDoes(int rows, int columns) {
    TangentBasis basis = random(rows, columns, 1);
    DMatrixRMaj z = matrix(basis);
    Orthonormalizer orthonormalizer = decompose(basis);
    assertOrthonormal(basis);
    double[] expected = householderLogs(z);
    assertArrayEquals(expected, orthonormalizer.logDiagonal, 1e-12);
    assertUpperTriangularWithPositiveDiagonal(matrix(basis), z);
    assertArrayEquals(new boolean[columns], orthonormalizer.lost);
  }

  /** Columns whose directions differ by less and less, down to what double precision can tell. */
  @ParameterizedTest
  @CsvSource({"1e-2", "1e-5", "1e-8", "1e-11"})
  void staysOrthonormalOnIllConditionedBases(double closeness) {
    TangentBasis basis = random(60, 60, 2);
    for (int i = 0; i < 60; i++) {
      for (int j = 1; j < 60; j++) {
        basis.set(i, j, basis.get(i, 0) + closeness * basis.get(i, j));
      }
    }
    DMatrixRMaj z = matrix(basis);
    Orthonormalizer orthonormalizer = decompose(basis);
    assertOrthonormal(basis, 1e-7);
    assertArrayEquals(
        householderLogs(z), orthonormalizer.logDiagonal, 60 * 60 * 0x1p-52 / closeness);
  }

  @Test
  void keepsColumnsOfAnySizeApart() {
    TangentBasis basis = random(20, 20, 3);
    double[] expected = householderLogs(matrix(basis));
    for (int j = 0; j < 20; j++) {
      int power = 60 * (j - 10);
      expected[j] += power * Math.log(2);
      for (int i = 0; i < 20; i++) {
        basis.set(i, j, Math.scalb(basis.get(i, j), power));
      }
    }
    Orthonormalizer orthonormalizer = decompose(basis);
    assertOrthonormal(basis);
    assertArrayEquals(expected, orthonormalizer.logDiagonal, 1e-10);
  }

  @Test
  void countsThePowersOfTwoThatColumnsCarry() {
    TangentBasis basis = random(6, 4, 4);
    double[] expected = householderLogs(matrix(basis));
    basis.exponents[2] = 5000;
    expected[2] += 5000 * Math.log(2);
    Orthonormalizer orthonormalizer = decompose(basis);
    assertArrayEquals(expected, orthonormalizer.logDiagonal, 1e-10);
    assertEquals(0, basis.exponents[2]);
    assertTrue(orthonormalizer.resolution(0) > 3000);
    assertTrue(orthonormalizer.resolution(2) < 1e-14);
  }

  @Test
  void givesAZeroColumnNegativeInfinityAndAFreshDirection() {
    TangentBasis basis = random(12, 10, 5);
    for (int i = 0; i < 12; i++) {
      basis.set(i, 4, 0);
    }
    Orthonormalizer orthonormalizer = decompose(basis);
    assertEquals(Double.NEGATIVE_INFINITY, orthonormalizer.logDiagonal[4]);
    assertEquals(Double.POSITIVE_INFINITY, orthonormalizer.resolution(4));
    assertTrue(orthonormalizer.lost[4]);
    assertOrthonormal(basis);
  }

  @Test
  void survivesABasisOfZeros() {
    TangentBasis basis = new TangentBasis(9, 9);
    Orthonormalizer orthonormalizer = decompose(basis);
    for (double logarithm : orthonormalizer.logDiagonal) {
      assertEquals(Double.NEGATIVE_INFINITY, logarithm);
    }
    assertOrthonormal(basis);
  }

  /** What a lost column was replaced by must not take anything away from the columns after it. */
  @Test
  void losesAColumnThatDependsOnOthersWithoutHarmToTheRest() {
    TangentBasis basis = random(40, 40, 6);
    TangentBasis without = new TangentBasis(40, 39);
    for (int i = 0; i < 40; i++) {
      double sum = 0;
      for (int j = 0; j < 20; j++) {
        sum += (j - 7) * basis.get(i, j);
      }
      basis.set(i, 20, sum);
      for (int j = 0; j < 39; j++) {
        without.set(i, j, basis.get(i, j < 20 ? j : j + 1));
      }
    }
    Orthonormalizer orthonormalizer = decompose(basis);
    Orthonormalizer expected = decompose(without);
    assertTrue(orthonormalizer.lost[20]);
    assertTrue(orthonormalizer.logDiagonal[20] < -25);
    assertOrthonormal(basis);
    for (int j = 0; j < 39; j++) {
      assertFalse(expected.lost[j]);
      assertEquals(expected.logDiagonal[j], orthonormalizer.logDiagonal[j < 20 ? j : j + 1], 1e-10);
    }
  }

  private static Orthonormalizer decompose(TangentBasis basis) {
    Orthonormalizer orthonormalizer = new Orthonormalizer(basis.rows, basis.columns, new Kernels());
    orthonormalizer.orthonormalize(basis);
    return orthonormalizer;
  }

  private static TangentBasis random(int rows, int columns, long seed) {
    TangentBasis basis = new TangentBasis(rows, columns);
    Random random = new Random(seed);
    for (int i = 0; i < basis.values.length; i++) {
      basis.values[i] = random.nextGaussian();
    }
    return basis;
  }

  private static DMatrixRMaj matrix(TangentBasis basis) {
    DMatrixRMaj rows = new DMatrixRMaj(basis.columns, basis.rows, true, basis.values.clone());
    return CommonOps_DDRM.transpose(rows, null);
  }

  private static void assertOrthonormal(TangentBasis basis) {
    assertOrthonormal(basis, 5e-14);
  }

  private static void assertOrthonormal(TangentBasis basis, double cosine) {
    DMatrixRMaj q = matrix(basis);
    DMatrixRMaj gram = new DMatrixRMaj(basis.columns, basis.columns);
    CommonOps_DDRM.multTransA(q, q, gram);
    CommonOps_DDRM.subtractEquals(gram, CommonOps_DDRM.identity(basis.columns));
    assertEquals(0, CommonOps_DDRM.elementMaxAbs(gram), cosine);
  }

  private static void assertUpperTriangularWithPositiveDiagonal(DMatrixRMaj q, DMatrixRMaj z) {
    DMatrixRMaj r = new DMatrixRMaj(q.numCols, q.numCols);
    CommonOps_DDRM.multTransA(q, z, r);
    for (int i = 0; i < r.numRows; i++) {
      assertTrue(r.get(i, i) > 0);
      for (int j = 0; j < i; j++) {
        assertEquals(0, r.get(i, j), 1e-12);
      }
    }
  }

  private static double[] householderLogs(DMatrixRMaj z) {
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(z.numRows, z.numCols);
    qr.decompose(z.copy());
    DMatrixRMaj r = qr.getR(null, true);
    double[] logarithms = new double[z.numCols];
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = Math.log(Math.abs(r.get(i, i)));
    }
    return logarithms;
  }
}
