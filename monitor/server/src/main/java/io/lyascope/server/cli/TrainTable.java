package io.lyascope.server.cli;

import io.lyascope.aelle.Evaluation;
import io.lyascope.aelle.Figure;
import java.io.PrintStream;
import java.util.Locale;

/** An evaluation for people. */
final class TrainTable {

  private TrainTable() {}

  static void print(Evaluation evaluation, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%n%s at %.0f %% of the training: %d unseen runs, %.0f %% of them good%n",
        Printable.text(evaluation.task()),
        100 * evaluation.stage(),
        evaluation.runs(),
        100 * evaluation.baseRate());
    out.printf(
        "%-16s %5s %5s  %-14s %8s %6s %6s %6s%n",
        "", "F1", "AUC", "95 %", "Spearman", "Brier", "saved", "lost");
    for (String name : evaluation.predictors().keySet()) {
      Figure auc = evaluation.figure(name, "auc");
      out.printf(
          Locale.ROOT,
          "%-16s %5.2f %5.2f  %.2f to %.2f %11.2f %6.3f %6.2f %6.2f%n",
          name,
          evaluation.figure(name, "f1").mean(),
          auc.mean(),
          auc.low(),
          auc.high(),
          evaluation.figure(name, "spearman").mean(),
          evaluation.figure(name, "brier").mean(),
          evaluation.figure(name, "saved").mean(),
          evaluation.figure(name, "good_stopped").mean());
    }
  }
}
