package io.lyascope.aelle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks that are compared: one training for all stages, one calibration for each. */
record Contestants(
    Pooled pooled, AelleContestant aelle, Aelle withScalars, PredNet prednet, long seed) {

  static Contestants train(Pooled pooled, long seed) {
    AelleContestant aelle = AelleContestant.train(pooled, seed);
    Aelle withScalars = Aelle.train(pooled.examples(pooled::everything), seed);
    PredNet prednet = PredNet.train(thirds(aelle.spectra()), seed);
    return new Contestants(pooled, aelle, withScalars, prednet, seed);
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
    int[] held = Aelle.training(seed).heldOut(aelle.spectra());
    Map<String, Judge> judges = new LinkedHashMap<>();
    judges.put("aelle", aelle.loss(stage));
    judges.put(
        "aelle_scalars",
        NetworkJudge.of(pooled, pooled::everything, stage, withScalars::score, held));
    judges.put("aelle_pc1", aelle.firstComponent(stage));
    judges.put("aelle_orthants", aelle.orthants(stage));
    judges.put(
        "prednet",
        NetworkJudge.of(
            pooled,
            (evidence, _) -> Pooled.spectrum(evidence),
            stage,
            row -> prednet.predict(thirds(row)),
            held));
    return judges;
  }
}
