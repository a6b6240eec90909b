package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelRidgeTest {

  @Test
  void weightsSolveTheRegularizedSystem() {
    Random random = new Random(1);
    double[][] inputs = new double[12][];
    double[] targets = new double[12];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.doubles(3).toArray();
      targets[i] = random.nextGaussian();
    }
    double[][] gram = KernelRidge.gram(inputs);
    int[] chosen = IntStream.range(2, 12).toArray();

    double[] weights = KernelRidge.solve(gram, targets, chosen, 0.3);

    assertEquals(0, weights[0]);
    for (int i : chosen) {
      assertEquals(targets[i], KernelRidge.predict(gram[i], weights) + 0.3 * weights[i], 1e-10);
    }
  }

  @Test
  void principalComponentsOfAStretchedCloudAreItsAxes() {
    Random random = new Random(4);
    double[][] rows = new double[4000][];
    for (int i = 0; i < rows.length; i++) {
      double a = 3 * random.nextGaussian();
      double b = random.nextGaussian();
      rows[i] = new double[] {0.6 * a - 0.8 * b + 1, 0.8 * a + 0.6 * b - 2};
    }

    Pca pca = Pca.of(rows, 2);

    assertEquals(3, pca.deviations()[0], 0.1);
    assertEquals(1, pca.deviations()[1], 0.05);
    assertEquals(0.8, pca.axes()[0][1], 0.02);
  }
}
