package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The spectra of all stages together, as the networks learn from them: one map for a whole
 * training.
 *
 * @param cells one input each, where further inputs are wanted
 * @param losses the order of the current loss at each stage
 */
record Pooled(
    Cohort cohort, List<Cohort.Moment> moments, List<String> cells, List<NormalScores> losses) {

  static Pooled of(Cohort cohort, List<Double> stages) {
    List<Cohort.Moment> moments = stages.stream().map(cohort::at).toList();
    var cells = new TreeSet<String>();
    cohort.runs().forEach(run -> cells.add(Facts.cell(run.architecture())));
    String metric = cohort.corpus().metric();
    List<NormalScores> losses =
        moments.stream()
            .map(moment ->
                NormalScores.of(
                    moment.evidence().stream()
                        .filter(e -> e.scalars().containsKey(metric))
                        .mapToDouble(e -> e.scalars().get(metric))
                        .toArray()))
            .toList();
    return new Pooled(cohort, moments, List.copyOf(cells), losses);
  }

  static double[] spectrum(Evidence evidence) {
    return SpectrumShape.curve(evidence.spectrum().orElseThrow());
  }

  /** The spectrum, the cell, the current loss and the progress. */
  double[] everything(Evidence evidence, int stage) {
    double[] curve = spectrum(evidence);
    double[] row = Arrays.copyOf(curve, curve.length + cells.size() + 2);
    evidence
        .architecture()
        .map(Facts::cell)
        .map(cells::indexOf)
        .filter(cell -> cell >= 0)
        .ifPresent(cell -> row[curve.length + cell] = 1);
    Double loss = evidence.scalars().get(cohort.corpus().metric());
    if (loss != null && losses.get(stage).knots().length > 0) {
      row[row.length - 2] = losses.get(stage).score(loss);
    }
    row[row.length - 1] = moments.get(stage).progress();
    return row;
  }

  /** How evidence of a stage becomes a row. */
  interface Rows {
    double[] of(Evidence evidence, int stage);
  }

  Examples examples(Rows rows) {
    List<double[]> inputs = new ArrayList<>();
    List<Double> targets = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int stage = 0; stage < moments.size(); stage++) {
      Cohort.Moment moment = moments.get(stage);
      for (int i = 0; i < moment.runs().size(); i++) {
        inputs.add(rows.of(moment.evidence().get(i), stage));
        targets.add(cohort.target(moment.runs().get(i)));
        groups.add(moment.runs().get(i).group());
      }
    }
    return new Examples(
        inputs.toArray(double[][]::new),
        targets.stream().mapToDouble(Double::doubleValue).toArray(),
        groups);
  }

  /** The first example of a stage. */
  int offset(int stage) {
    return moments.subList(0, stage).stream().mapToInt(moment -> moment.runs().size()).sum();
  }
}
