package io.lyascope.aelle;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The autoencoder as it is judged: by its predicted loss, and by the two older ways of the
 * dissertation (Vogt 2023, section 3.3), which divide its map.
 *
 * @param spectra what it learnt from
 */
record AelleContestant(Pooled pooled, Examples spectra, Aelle aelle, long seed) {

  private static final Pooled.Rows ALONE = (evidence, _) -> Pooled.spectrum(evidence);

  static AelleContestant train(Pooled pooled, long seed) {
    Examples spectra = pooled.examples(ALONE);
    return new AelleContestant(pooled, spectra, Aelle.train(spectra, seed), seed);
  }

  /** The predicted loss. */
  NetworkJudge loss(int stage) {
    return judge(stage, aelle::score);
  }

  /**
   * The first principal component of the latent space, turned to where the training ended badly.
   */
  NetworkJudge firstComponent(int stage) {
    double[] places = Arrays.stream(spectra.inputs()).mapToDouble(this::first).toArray();
    double sign = Ranking.spearman(places, spectra.targets()) < 0 ? -1 : 1;
    return judge(stage, row -> sign * first(row));
  }

  /** The mean outcome of the training in the orthant of the first components. */
  NetworkJudge orthants(int stage) {
    double[] sums = new double[1 << aelle.map().axes().length];
    // One average run in each, so that an empty orthant says nothing.
    double[] counts = new double[sums.length];
    Arrays.fill(counts, 1);
    for (int i = 0; i < spectra.size(); i++) {
      int orthant = orthant(spectra.inputs()[i]);
      sums[orthant] += spectra.targets()[i];
      counts[orthant]++;
    }
    return judge(stage, row -> sums[orthant(row)] / counts[orthant(row)]);
  }

  private double first(double[] row) {
    return aelle.map().project(aelle.latent(row))[0];
  }

  private int orthant(double[] row) {
    double[] place = aelle.map().project(aelle.latent(row));
    int orthant = 0;
    for (int k = 0; k < place.length; k++) {
      orthant |= place[k] > 0 ? 1 << k : 0;
    }
    return orthant;
  }

  private NetworkJudge judge(int stage, ToDoubleFunction<double[]> score) {
    int[] held = Aelle.training(seed).heldOut(spectra);
    return NetworkJudge.of(pooled, ALONE, stage, score, held);
  }
}
