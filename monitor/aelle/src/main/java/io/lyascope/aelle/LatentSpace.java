package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where spectra lie, and where none of the training lay.
 *
 * @param centres of the training spectra of each cell
 * @param spreads their standard deviations along each coordinate, kept away from zero
 * @param farthest the limit of the distance: 99.5 % of the spectra held out from the training are
 *     nearer to their cell
 * @param worst the limit of the reconstruction error, likewise
 */
record LatentSpace(
    Aelle aelle,
    List<String> cells,
    double[][] centres,
    double[][] spreads,
    double farthest,
    double worst) {

  private static final double INSIDE = 0.995;

  static LatentSpace train(Pooled pooled, long seed) {
    Examples examples = pooled.examples((evidence, _) -> Pooled.spectrum(evidence));
    Aelle aelle = Aelle.train(examples, seed);
    double[][] latent =
        Arrays.stream(examples.inputs()).map(aelle::latent).toArray(double[][]::new);
    List<String> cellOf = new ArrayList<>();
    pooled
        .moments()
        .forEach(
            moment -> moment.runs().forEach(run -> cellOf.add(Facts.cell(run.architecture()))));
    int[] held = Aelle.training(seed).heldOut(examples);
    var open = around(aelle, pooled.cells(), latent, cellOf);
    double[] distances =
        Arrays.stream(held).mapToDouble(i -> open.reach(latent[i], cellOf.get(i))).toArray();
    double[] errors =
        Arrays.stream(held)
            .mapToDouble(i -> aelle.reconstructionError(examples.inputs()[i]))
            .toArray();
    return new LatentSpace(
        aelle, open.cells, open.centres, open.spreads, limit(distances), limit(errors));
  }

  private static LatentSpace around(
      Aelle aelle, List<String> cells, double[][] latent, List<String> cellOf) {
    int width = Autoencoder.LATENT;
    double[][] centres = new double[cells.size()][width];
    double[][] spreads = new double[cells.size()][width];
    double typical = aelle.map().deviations()[0] / Math.sqrt(width);
    for (int c = 0; c < cells.size(); c++) {
      int count = 0;
      double[] squares = new double[width];
      for (int i = 0; i < latent.length; i++) {
        if (cellOf.get(i).equals(cells.get(c))) {
          count++;
          for (int k = 0; k < width; k++) {
            centres[c][k] += latent[i][k];
            squares[k] += latent[i][k] * latent[i][k];
          }
        }
      }
      for (int k = 0; k < width; k++) {
        centres[c][k] /= count;
        double variance = Math.max(0, squares[k] / count - centres[c][k] * centres[c][k]);
        spreads[c][k] = Math.sqrt(variance + 0.01 * typical * typical);
      }
    }
    return new LatentSpace(aelle, cells, centres, spreads, 1, 1);
  }

  /** Few values have seen little: the limit then lies a little beyond the largest. */
  private static double limit(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int at = (int) Math.ceil(INSIDE * (sorted.length + 1)) - 1;
    return at < sorted.length ? sorted[at] : sorted[sorted.length - 1] * (1 + 5.0 / sorted.length);
  }

  /** The distance from the spectra of a cell, in standard deviations. */
  private double reach(double[] latent, String cell) {
    int c = cells.indexOf(cell);
    double sum = 0;
    for (int k = 0; k < latent.length; k++) {
      sum += Math.pow((latent[k] - centres[c][k]) / spreads[c][k], 2);
    }
    return Math.sqrt(sum / latent.length);
  }

  Prediction.Position position(Evidence.Spectrum spectrum, String cell) {
    double[] curve = SpectrumShape.curve(spectrum);
    double[] latent = aelle.latent(curve);
    return new Prediction.Position(
        Arrays.stream(latent).boxed().toList(),
        Arrays.stream(aelle.map().project(latent)).boxed().toList(),
        reach(latent, cell) / farthest,
        aelle.reconstructionError(curve) / worst);
  }
}
