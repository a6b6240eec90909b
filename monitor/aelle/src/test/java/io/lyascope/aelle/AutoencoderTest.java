package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoencoderTest {

  private static final double STEP = 1e-6;

  private final Random random = new Random(5);
  private final Autoencoder network = Autoencoder.random(6, 2, random);
  private final double[] input = random.doubles(8, -1, 1).toArray();

  private double loss(Autoencoder.Norm norm) {
    return network.learn(input, 0.3, 0.7, norm, Adam.zeros(network.parameters()));
  }

  private void checkGradient(Autoencoder.Norm norm) {
    List<double[]> gradients = Adam.zeros(network.parameters());
    network.learn(input, 0.3, 0.7, norm, gradients);
    for (int k = 0; k < gradients.size(); k++) {
      double[] parameters = network.parameters().get(k);
      for (int draw = 0; draw < 40; draw++) {
        int i = random.nextInt(parameters.length);
        double before = parameters[i];
        parameters[i] = before + STEP;
        double above = loss(norm);
        parameters[i] = before - STEP;
        double below = loss(norm);
        parameters[i] = before;
        assertEquals((above - below) / (2 * STEP), gradients.get(k)[i], 1e-7, "array " + k);
      }
    }
  }

  @Test
  void gradientOfTheSquaredLossIsThatOfFiniteDifferences() {
    checkGradient(Autoencoder.Norm.SQUARED);
  }

  @Test
  void gradientOfTheAbsoluteLossIsThatOfFiniteDifferences() {
    checkGradient(Autoencoder.Norm.ABSOLUTE);
  }

  @Test
  void furtherInputsAreNotGivenBack() {
    assertEquals(6, network.decode(network.encode(input)).length);
  }
}
