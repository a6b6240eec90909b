package io.lyascope.server.cli;

import io.lyascope.aelle.Evaluation;
import io.lyascope.aelle.Figure;
import io.lyascope.aelle.Figures;
import io.lyascope.aelle.LearningCurve;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation for people. */
final class TrainTable {

  /** What fits beside each other. */
  private static final List<String> NARROW =
      List.of("default", "spectrum", "aelle", "loss", "ceiling");

  private TrainTable() {}

  static void print(Evaluation evaluation, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%n%s at %.0f %% of the training: %d unseen runs, %.0f %% of them good%n",
        Printable.text(evaluation.task()),
        100 * evaluation.stage(),
        evaluation.overall().runs(),
        100 * evaluation.overall().baseRate());
    out.printf(
        "%-16s %5s %5s  %-14s %8s %6s %6s %6s%n",
        "", "F1", "AUC", "95 %", "Spearman", "Brier", "saved", "lost");
    for (String name : evaluation.overall().predictors().keySet()) {
      Figure auc = evaluation.figure(name, "auc");
      out.printf(
          Locale.ROOT,
          "%-16s %5.2f %5.2f  %.2f to %.2f %11s %6.3f %6.2f %6.2f%n",
          name,
          evaluation.figure(name, "f1").mean(),
          auc.mean(),
          auc.low(),
          auc.high(),
          correlation(evaluation.figure(name, "spearman").mean()),
          evaluation.figure(name, "brier").mean(),
          evaluation.figure(name, "saved").mean(),
          evaluation.figure(name, "good_stopped").mean());
    }
    Figure adds = evaluation.overall().spectrumAdds();
    out.printf(
        Locale.ROOT,
        "the spectrum adds %+.3f (%+.3f to %+.3f) to the AUC of all else%n",
        adds.mean(),
        adds.low(),
        adds.high());
    print("inside each architecture", evaluation.inside(), out);
    print("each architecture left out of the training", evaluation.leftOut(), out);
    print(evaluation.learning(), out);
  }

  private static void print(String what, Map<String, Figures> byCell, PrintStream out) {
    if (byCell.isEmpty()) {
      return;
    }
    out.printf("%nAUC (95 %%) %s%n", what);
    out.printf("%-16s %5s %5s", "", "runs", "good");
    NARROW.forEach(name -> out.printf("  %-19s", name));
    out.println();
    byCell.forEach((cell, figures) -> {
      out.printf(
          Locale.ROOT,
          "%-16s %5d %4.0f%%",
          Printable.text(cell),
          figures.runs(),
          100 * figures.baseRate());
      for (String name : NARROW) {
        out.printf("  %-19s", figures.predictors().containsKey(name) ? auc(figures, name) : "");
      }
      out.println();
    });
  }

  /** Whoever says the same of every run has none. */
  private static String correlation(double spearman) {
    return Double.isNaN(spearman) ? "-" : String.format(Locale.ROOT, "%.2f", spearman);
  }

  private static String auc(Figures figures, String name) {
    Figure auc = figures.figure(name, "auc");
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", auc.mean(), auc.low(), auc.high());
  }

  private static void print(LearningCurve learning, PrintStream out) {
    out.printf("%nAUC of default by runs learnt from:");
    for (LearningCurve.Point point : learning.points()) {
      out.printf(Locale.ROOT, "  %d: %.2f", point.runs(), point.auc().mean());
    }
    out.println();
    if (learning.trustedFrom().isPresent()) {
      out.printf("better than the base rate from %d runs on%n", learning.trustedFrom().getAsInt());
    } else {
      out.println("not better than the base rate: more runs are needed");
    }
  }
}
