package io.lyascope.server.cli;

import io.lyascope.aelle.Goal;
import io.lyascope.aelle.WhatIf;
import io.lyascope.dynamics.ClassEntropy;
import io.lyascope.dynamics.EffectiveRank;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.GradientAnalysis;
import io.lyascope.dynamics.Interval;
import io.lyascope.dynamics.Intervals;
import io.lyascope.dynamics.LocalRates.SensitiveStep;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.server.cli.FileResult.Extras;
import io.lyascope.server.cli.FileResult.Identity;
import io.lyascope.server.cli.PredictRequest.Supposition;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Refused;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** A block for people: the file, then its numbers. */
record AnalyzeTable(PrintStream out) implements AnalyzePrinter {

  @Override
  public void print(FileResult result) {
    out.println(Printable.text(result.file()));
    switch (result.outcome()) {
      case Measured(LyapunovSpectrum spectrum, double elapsed, _) -> {
        print(result.identity().orElseThrow());
        print(spectrum);
        print(spectrum.gradient(), result.extras());
        row("measured in", number(elapsed, 2) + " s, " + spectrum.stopped().label());
      }
      case Layered(FiniteTimeExponents exponents, double elapsed, _) -> {
        print(result.identity().orElseThrow());
        print(exponents);
        row(
            "measured in",
            number(elapsed, 2) + " s" + (exponents.complete() ? "" : ", incomplete"));
      }
      case Refused refused -> print(refused);
    }
  }

  @Override
  public void print(List<String> files, EnsembleResult result) {
    out.println(files.size() + (files.size() == 1 ? " network" : " networks together"));
    switch (result) {
      case EnsembleResult.Uncertain(ClassEntropy entropy) -> {
        row("classes", Integer.toString(entropy.classes()));
        row("class entropy", number(entropy.mean(), 6) + " on average");
        row("largest", number(entropy.max(), 6));
        row("smallest", number(entropy.min(), 6));
      }
      case EnsembleResult.Refused(Refused reason) -> print(reason);
    }
  }

  private void print(FiniteTimeExponents exponents) {
    row("inputs", exponents.perInput().size() + ", " + exponents.negativeInfinities() + " dead");
    row("hidden layers", Integer.toString(exponents.layers()));
    row("largest", number(exponents.max(), 6));
    row("mean", number(exponents.mean(), 6));
    row("smallest", number(exponents.min(), 6));
    row("spread", number(exponents.standardDeviation(), 6));
    row("ridge contrast", number(exponents.contrast()));
  }

  private void print(Optional<GradientAnalysis> gradient, Extras extras) {
    gradient.ifPresent(found -> row("gradient", rank(found.ranks().together())));
    extras
        .update()
        .ifPresent(update ->
            row("update", rank(update.ranks().together()) + ", since step " + update.since()));
    extras.forecasts().all().forEach(this::print);
    for (SensitiveStep step : extras.sensitiveSteps().orElse(List.of())) {
      row(
          "sensitive",
          "sequence %d, input %d: %s"
              .formatted(step.sequence(), step.input(), number(step.rate(), 6)));
    }
  }

  private void print(PredictRequest.Reply reply) {
    print(reply.forecast());
    reply.whatIf().ifPresent(this::print);
  }

  private void print(Supposition supposed) {
    switch (supposed) {
      case Supposition.Untold(var why) -> row("what if", Printable.text(why));
      case Supposition.Told(var whatIf) -> {
        row(
            "what if",
            "a final loss of %s instead of %s"
                .formatted(number(whatIf.wanted(), 4), number(whatIf.predicted(), 4)));
        row("", "needs exponents like these; encoded again: " + number(whatIf.reencoded(), 4));
        row("largest", change(whatIf, List::getFirst));
        row("median", change(whatIf, all -> all.get(all.size() / 2)));
        row("smallest", change(whatIf, List::getLast));
        row("", whatIf.warning());
      }
    }
  }

  private static String change(WhatIf whatIf, ToDoubleFunction<List<Double>> of) {
    return "%s -> %s"
        .formatted(
            number(of.applyAsDouble(whatIf.present()), 4),
            number(of.applyAsDouble(whatIf.needed()), 4));
  }

  private void print(Forecast forecast) {
    forecast.predictor().ifPresent(predictor -> row("predictor", predictor.name()));
    forecast
        .outlook()
        .ifPresent(outlook -> {
          row(
              outlook.metric().equals("val_loss") ? "final loss" : "final value",
              "%s, 90 %%: %s to %s"
                  .formatted(
                      number(outlook.loss(), 4),
                      number(outlook.low(), 4),
                      number(outlook.high(), 4)));
          row(
              "success",
              "%s, base rate %s (a final %s %s %s)"
                  .formatted(
                      number(outlook.probability(), 2),
                      number(outlook.baseRate(), 2),
                      outlook.metric().equals("val_loss")
                          ? "loss"
                          : Printable.text(outlook.metric()),
                      outlook.goal() == Goal.MINIMIZE ? "below" : "above",
                      number(outlook.threshold(), 4)));
        });
    row("verdict", forecast.verdict().kind().replace('_', ' '));
    row("", Printable.text(forecast.verdict().reason()));
  }

  private static String rank(EffectiveRank rank) {
    return "rank %d, effectively %s (participation ratio %s)"
        .formatted(
            rank.rank(),
            number(rank.effectiveDimension(), 2),
            number(rank.participationRatio(), 4));
  }

  private void print(Refused refused) {
    row("refused", refused.kind().label() + ", " + Printable.text(refused.field()));
    row("", Printable.text(refused.message()));
  }

  private void print(Identity snapshot) {
    String run = Printable.text(snapshot.run());
    row("run", run + ", attempt " + snapshot.attempt() + ", step " + snapshot.step());
    row("cell", Printable.text(snapshot.cell()));
  }

  private void print(LyapunovSpectrum spectrum) {
    row(
        "exponents",
        spectrum.exponents().size()
            + (": " + spectrum.positive() + " positive, ")
            + (spectrum.nearZero() + " near zero, ")
            + (spectrum.dead() + " dead"));
    Optional<Intervals> intervals = spectrum.intervals();
    row("largest", number(spectrum.max(), 6) + interval(intervals.map(Intervals::max)));
    row("mean", number(spectrum.mean(), 6));
    row("smallest", number(spectrum.min(), 6) + interval(intervals.map(Intervals::min)));
    row(
        "entropy rate",
        number(spectrum.entropyRate(), 6) + interval(intervals.map(Intervals::entropyRate)));
    row(
        "Kaplan-Yorke",
        number(spectrum.kaplanYorkeDimension())
            + interval(intervals.flatMap(Intervals::kaplanYorkeDimension)));
    row("PCA dimension", number(spectrum.pcaDimension(), 3));
    row("converged", spectrum.converged() ? "yes" : "no");
  }

  private void row(String name, String value) {
    out.printf("  %-14s %s%n", name, value);
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .filter(known -> Double.isFinite(known.width()))
        .map(known -> ", 95 %: " + number(known.low(), 6) + " to " + number(known.high(), 6))
        .orElse("");
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? number(number.getAsDouble(), 3) : "unknown";
  }

  private static String number(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
