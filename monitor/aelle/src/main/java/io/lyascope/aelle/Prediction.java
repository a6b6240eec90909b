package io.lyascope.aelle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a predictor says of a run at one moment.
 *
 * @param predictor the name of who was asked
 * @param digest SHA-256 of the predictor's file, lower-case hexadecimal
 * @param progress as in the evidence
 * @param position where the spectrum lies; empty if it was not looked at
 * @param outlook empty unless the verdict rests on numbers
 * @param verdict what follows
 */
public record Prediction(
    String predictor,
    String digest,
    OptionalDouble progress,
    Optional<Position> position,
    Optional<Outlook> outlook,
    Verdict verdict) {

  /**
   * Where a spectrum lies among those of the training.
   *
   * @param latent its coordinates in the autoencoder's latent space
   * @param map [x, y], the first two principal components of the latent space
   * @param distance from the training spectra of the same architecture, in units of the limit
   *     beyond which it is foreign
   * @param reconstructionError mean absolute error of the autoencoder's reconstruction, in units of
   *     its limit
   */
  public record Position(
      List<Double> latent, List<Double> map, double distance, double reconstructionError) {}

  /**
   * The numbers of a prediction.
   *
   * @param loss the predicted final value of the corpus's metric
   * @param low where its central 90 % interval begins
   * @param high where that ends; infinite (as {@code low} is, if the metric is maximized) where
   *     more than 5 % of such runs have no finite end
   * @param probability that the final loss is below {@code threshold} (above, if it is maximized)
   * @param threshold what counts as good
   * @param baseRate the share of good runs in the training
   * @param metric what {@code loss} is a value of
   * @param goal which of its values are better
   * @param baselines the same probability from single sources: loss, max, mean, architecture,
   *     hyperparameters; missing where the source is
   * @param contribution how much the probability changes when spectrum, scalars or hyperparameters
   *     join the other sources
   */
  public record Outlook(
      double loss,
      double low,
      double high,
      double probability,
      double threshold,
      double baseRate,
      String metric,
      Goal goal,
      Map<String, Double> baselines,
      Map<String, Double> contribution) {}
}
