package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelModelTest {

  private static final Random RANDOM = new Random(1);

  /** The second coordinate is the first with noise, and is what is predicted. */
  private static KernelModel model(double noise) {
    double[][] inputs = new double[200][];
    double[] targets = new double[inputs.length];
    int[] all = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      double first = RANDOM.nextGaussian();
      inputs[i] = new double[] {first, first + noise * RANDOM.nextGaussian()};
      targets[i] = inputs[i][1];
      all[i] = i;
    }
    double[] weights = KernelRidge.solve(KernelRidge.gram(inputs), targets, all, 0.01);
    return new KernelModel(inputs, new double[] {1, 1}, 0, new double[][] {weights});
  }

  @Test
  void aMissingNumberIsTakenFromRunsThatAreAlikeInTheRest() {
    assertEquals(0.7, model(0).score(new double[] {0.7, Double.NaN}), 0.1);
  }

  @Test
  void whatTheRestDoesNotTellWidensThePrediction() {
    double[] members = model(1).members(new double[] {0.2, Double.NaN});
    double mean = 0;
    double square = 0;
    for (double member : members) {
      mean += member / members.length;
      square += member * member / members.length;
    }

    assertEquals(0.2, mean, 0.6);
    assertEquals(1, Math.sqrt(square - mean * mean), 0.4);
  }

  @Test
  void aWholeRowHasOnePredictionAMember() {
    assertEquals(1, model(1).members(new double[] {0.2, 0.1}).length);
  }
}
