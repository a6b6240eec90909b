package io.lyascope.aelle;

import java.util.List;
import java.util.Random;

/**
 * A trained Lyapunov autoencoder.
 *
 * @param network in compressed, standardized spectra
 * @param mean of the compressed spectra
 * @param scale what they are divided by after that
 * @param map the first two principal components of the latent space
 */
record Aelle(Autoencoder network, double[] mean, double scale, Pca map) {

  private static final NetworkTraining TRAINING =
      new NetworkTraining(new double[] {0.1, 0.5, 2}, 30, 2e-3, 1e-3, 0);

  /** How the spectrum has to be given back: the public code's choice. */
  static final Autoencoder.Norm NORM = Autoencoder.Norm.ABSOLUTE;

  static NetworkTraining training(long seed) {
    return new NetworkTraining(
        TRAINING.alphas(), TRAINING.epochs(), TRAINING.rate(), TRAINING.decay(), seed);
  }

  /** Trains on compressed spectra, behind which there may be further inputs. */
  static Aelle train(Examples raw, long seed) {
    int length = SpectrumShape.LENGTH;
    double[] mean = new double[length];
    for (double[] row : raw.inputs()) {
      for (int j = 0; j < length; j++) {
        mean[j] += row[j] / raw.size();
      }
    }
    double variance = 0;
    for (double[] row : raw.inputs()) {
      for (int j = 0; j < length; j++) {
        variance += Math.pow(row[j] - mean[j], 2) / raw.size() / length;
      }
    }
    double scale = Math.max(1e-6, Math.sqrt(variance));
    double[][] inputs = new double[raw.size()][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = standardized(raw.inputs()[i], mean, scale);
    }
    Examples examples = new Examples(inputs, raw.targets(), raw.groups());
    int extras = inputs[0].length - length;
    Autoencoder network = Autoencoder.random(length, extras, new Random(seed));
    training(seed).train(new Pupil(network), examples);
    double[][] latent = new double[inputs.length][];
    for (int i = 0; i < latent.length; i++) {
      latent[i] = network.encode(inputs[i]);
    }
    return new Aelle(network, mean, scale, Pca.of(latent, 2));
  }

  private static double[] standardized(double[] row, double[] mean, double scale) {
    double[] input = row.clone();
    for (int j = 0; j < mean.length; j++) {
      input[j] = (row[j] - mean[j]) / scale;
    }
    return input;
  }

  double[] latent(double[] row) {
    return network.encode(standardized(row, mean, scale));
  }

  /** The predicted normal score. */
  double score(double[] row) {
    return network.predict(latent(row));
  }

  /** The compressed spectrum that the decoder makes of a latent point. */
  double[] decode(double[] latent) {
    double[] curve = network.decode(latent);
    for (int j = 0; j < curve.length; j++) {
      curve[j] = mean[j] + scale * curve[j];
    }
    return curve;
  }

  /** The nearest latent point with this predicted score: a step along xi (Vogt, equation 3.7). */
  double[] toward(double[] latent, double score) {
    double[] xi = network.head().parameters();
    double norm = 0;
    for (int k = 0; k < latent.length; k++) {
      norm += xi[k] * xi[k];
    }
    double step = (score - network.predict(latent)) / Math.max(norm, 1e-12);
    double[] moved = latent.clone();
    for (int k = 0; k < moved.length; k++) {
      moved[k] += step * xi[k];
    }
    return moved;
  }

  /** The mean absolute error of the reconstruction, in compressed units. */
  double reconstructionError(double[] row) {
    double[] copy = decode(latent(row));
    double sum = 0;
    for (int j = 0; j < copy.length; j++) {
      sum += Math.abs(copy[j] - row[j]);
    }
    return sum / copy.length;
  }

  /** The autoencoder as something that learns. */
  private record Pupil(Autoencoder network) implements NetworkTraining.Learner {
    @Override
    public List<double[]> parameters() {
      return network.parameters();
    }

    @Override
    public void learn(double[] input, double target, double alpha, List<double[]> gradients) {
      network.learn(input, target, alpha, NORM, gradients);
    }

    @Override
    public double predict(double[] input) {
      return network.predict(network.encode(input));
    }
  }
}
