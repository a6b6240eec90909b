package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The Lyapunov autoencoder (Vogt 2023, equations 3.5 and 3.6): phi encodes a spectrum Z, psi gives
 * it back, xi predicts the outcome T linearly from the latent space. The loss is |Z - psi(phi(Z))|
 * + alpha |T - xi(phi(Z))|, both as means of absolute or of squared differences.
 *
 * @param encoder phi; behind the spectrum it may take further inputs, which are not given back
 * @param decoder psi
 * @param head xi
 */
record Autoencoder(Network encoder, Network decoder, Dense head) {

  /** Coordinates of the latent space. */
  static final int LATENT = 32;

  private static final int HIDDEN = 64;

  /** How a difference counts. */
  enum Norm {
    ABSOLUTE,
    SQUARED;

    double of(double difference) {
      return this == ABSOLUTE ? Math.abs(difference) : difference * difference;
    }

    double slope(double difference) {
      return this == ABSOLUTE ? Math.signum(difference) : 2 * difference;
    }
  }

  /** Random weights for spectra of {@code length} and {@code extras} further inputs. */
  static Autoencoder random(int length, int extras, Random random) {
    return new Autoencoder(
        Network.random(Dense.Activation.TANH, random, length + extras, HIDDEN, LATENT),
        Network.random(Dense.Activation.IDENTITY, random, LATENT, HIDDEN, length),
        Dense.random(LATENT, 1, Dense.Activation.IDENTITY, random));
  }

  double[] encode(double[] input) {
    return encoder.forward(input);
  }

  double[] decode(double[] latent) {
    return decoder.forward(latent);
  }

  double predict(double[] latent) {
    return head.forward(latent)[0];
  }

  /** All parameters: those of the encoder, of the decoder, of the head. */
  List<double[]> parameters() {
    List<double[]> all = new ArrayList<>(encoder.parameters());
    all.addAll(decoder.parameters());
    all.add(head.parameters());
    return all;
  }

  /**
   * The loss of one example.
   *
   * @param gradients in the order of {@link #parameters()}, added to
   */
  double learn(double[] input, double target, double alpha, Norm norm, List<double[]> gradients) {
    int decoderStart = encoder.layers().size();
    int headAt = gradients.size() - 1;
    List<double[]> encoding = encoder.trace(input);
    double[] latent = encoding.getLast();
    List<double[]> decoding = decoder.trace(latent);
    double[] copy = decoding.getLast();
    double[] predicted = head.forward(latent);
    double loss = alpha * norm.of(predicted[0] - target);
    double[] slope = new double[copy.length];
    for (int i = 0; i < copy.length; i++) {
      loss += norm.of(copy[i] - input[i]) / copy.length;
      slope[i] = norm.slope(copy[i] - input[i]) / copy.length;
    }
    double[] back = decoder.backward(decoding, slope, gradients.subList(decoderStart, headAt));
    double[] headSlope = {alpha * norm.slope(predicted[0] - target)};
    double[] fromHead = head.backward(latent, predicted, headSlope, gradients.get(headAt));
    for (int i = 0; i < back.length; i++) {
      back[i] += fromHead[i];
    }
    encoder.backward(encoding, back, gradients.subList(0, decoderStart));
    return loss;
  }
}
