package io.lyascope.aelle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks that are compared: one training for all stages, one calibration for each. */
record Contestants(
    Pooled pooled, Examples spectra, Aelle aelle, Aelle withScalars, PredNet prednet, long seed) {

  static Contestants train(Pooled pooled, long seed) {
    Examples spectra = pooled.examples((evidence, _) -> Pooled.spectrum(evidence));
    Aelle aelle = Aelle.train(spectra, seed);
    Aelle withScalars = Aelle.train(pooled.examples(pooled::everything), seed);
    PredNet prednet = PredNet.train(thirds(spectra), seed);
    return new Contestants(pooled, spectra, aelle, withScalars, prednet, seed);
  }

  /** Compressed spectra reach from -6 to 3: a smaller unit keeps tanh units out of saturation. */
  private static Examples thirds(Examples spectra) {
    double[][] inputs =
        Arrays.stream(spectra.inputs()).map(Contestants::thirds).toArray(double[][]::new);
    return new Examples(inputs, spectra.targets(), spectra.groups());
  }

  private static double[] thirds(double[] row) {
    return Arrays.stream(row).map(x -> x / 3).toArray();
  }

  Map<String, Judge> at(int stage) {
    int[] held = Aelle.training(seed).heldOut(spectra);
    Map<String, Judge> judges = new LinkedHashMap<>();
    Pooled.Rows alone = (evidence, _) -> Pooled.spectrum(evidence);
    judges.put("aelle", NetworkJudge.of(pooled, alone, stage, aelle::score, held));
    judges.put(
        "aelle_scalars",
        NetworkJudge.of(pooled, pooled::everything, stage, withScalars::score, held));
    judges.put(
        "prednet",
        NetworkJudge.of(pooled, alone, stage, row -> prednet.predict(thirds(row)), held));
    return judges;
  }
}
