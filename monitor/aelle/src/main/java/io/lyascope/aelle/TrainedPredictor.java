package io.lyascope.aelle;

import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A predictor as its file holds it. */
record TrainedPredictor(
    PredictorCard facts,
    String digest,
    LatentSpace space,
    List<StageModel> stages,
    List<Landmark> landmarks)
    implements Predictor {

  /** How far from a single stage the next one is thought to be. */
  private static final double ALONE = 0.1;

  @Override
  public String name() {
    return facts.name();
  }

  @Override
  public String task() {
    return facts.task();
  }

  @Override
  public Protocol protocol() {
    return facts.protocol();
  }

  @Override
  public List<String> architectures() {
    return space.cells();
  }

  @Override
  public double baseRate() {
    return facts.baseRate();
  }

  @Override
  public double threshold() {
    return facts.goal().outcome(facts.threshold());
  }

  @Override
  public boolean judges(Corpus corpus) {
    return task().equals(corpus.task())
        && facts.metric().equals(corpus.metric())
        && facts.goal() == corpus.goal()
        && ProtocolMatch.difference(protocol(), corpus.protocol()).isEmpty();
  }

  @Override
  public boolean hasSeen(String run) {
    return facts.runs().contains(run);
  }

  @Override
  public Map<String, Object> card() {
    return facts.summary();
  }

  @Override
  public Prediction predict(Evidence evidence) {
    Optional<String> obstacle = obstacle(evidence);
    if (obstacle.isPresent()) {
      return answer(
          evidence, Optional.empty(), Optional.empty(), new Verdict.NotPredictable(obstacle.get()));
    }
    String cell = Facts.cell(evidence.architecture().orElseThrow());
    Prediction.Position position = space.position(evidence.spectrum().orElseThrow(), cell);
    Optional<String> foreign = foreign(position).or(() -> facts.domain().foreign(evidence));
    if (foreign.isPresent()) {
      return answer(
          evidence,
          Optional.of(position),
          Optional.empty(),
          new Verdict.OutOfDistribution(foreign.get()));
    }
    Forecasting forecasting = new Forecasting(facts, nearest(evidence.progress().orElseThrow()));
    Forecasting.Result result = forecasting.of(evidence);
    return answer(evidence, Optional.of(position), Optional.of(result.outlook()), result.verdict());
  }

  private Prediction answer(
      Evidence evidence,
      Optional<Prediction.Position> position,
      Optional<Prediction.Outlook> outlook,
      Verdict verdict) {
    return new Prediction(name(), digest, evidence.progress(), position, outlook, verdict);
  }

  private StageModel nearest(double progress) {
    return stages.stream()
        .min(Comparator.comparingDouble(stage -> Math.abs(stage.progress() - progress)))
        .orElseThrow();
  }

  /**
   * Half a stage beyond the last one; a single stage is taken to be followed by another a tenth of
   * the training later.
   */
  private double furthest() {
    double[] known = stages.stream().mapToDouble(StageModel::progress).sorted().toArray();
    int last = known.length - 1;
    return known[last] + (last == 0 ? ALONE : known[last] - known[last - 1]) / 2;
  }

  /** Why there is no number; empty if there is one. */
  private Optional<String> obstacle(Evidence evidence) {
    if (evidence.spectrum().isEmpty()) {
      return Optional.of("there is no complete spectrum to predict from");
    }
    if (evidence.architecture().isEmpty()) {
      return Optional.of("the run's architecture is not known");
    }
    String cell = Facts.cell(evidence.architecture().get());
    if (!space.cells().contains(cell)) {
      return Optional.of(
          "the predictor knows no %s, only %s".formatted(cell, String.join(", ", space.cells())));
    }
    if (evidence.progress().isEmpty()) {
      return Optional.of("how far the training is is not known: total_steps is missing");
    }
    if (evidence.progress().getAsDouble() > furthest()) {
      return Optional.of(
          "the training is at %.0f %%, the predictor reaches to %.0f %%"
              .formatted(100 * evidence.progress().getAsDouble(), 100 * furthest()));
    }
    Evidence.Spectrum spectrum = evidence.spectrum().get();
    boolean sound =
        !spectrum.exponents().isEmpty()
            && spectrum.exponents().stream().allMatch(e -> e < Double.POSITIVE_INFINITY);
    if (!sound) {
      return Optional.of("the spectrum holds NaN or positive infinity");
    }
    return ProtocolMatch.difference(protocol(), spectrum.protocol());
  }

  private static Optional<String> foreign(Prediction.Position position) {
    if (position.distance() > 1) {
      return Optional.of(
          "the spectrum lies %.1f times as far from the training's as the limit"
              .formatted(position.distance()));
    }
    if (position.reconstructionError() > 1) {
      return Optional.of(
          "the autoencoder's error on this spectrum is %.1f times the limit"
              .formatted(position.reconstructionError()));
    }
    return Optional.empty();
  }

  @Override
  public WhatIf whatIf(Evidence evidence, double wanted) {
    Optional<String> obstacle = obstacle(evidence);
    if (obstacle.isPresent()) {
      throw new RefusedException(RefusedException.Kind.UNSUPPORTED, "spectrum", obstacle.get());
    }
    requireSeen(wanted);
    Aelle aelle = space.aelle();
    double[] curve = SpectrumShape.curve(evidence.spectrum().orElseThrow());
    double[] latent = aelle.latent(curve);
    double aim = facts.outcomes().score(facts.goal().badness(wanted));
    double[] moved = aelle.toward(latent, aim);
    double[] needed = aelle.decode(moved);
    return new WhatIf(
        loss(aelle.score(curve)),
        wanted,
        expanded(aelle.decode(latent)),
        expanded(needed),
        loss(aelle.score(needed)),
        "A linear step is a local approximation, and for LSTM, GRU and RNN the decoder is nearly"
            + " insensitive to it: only where the re-encoded loss agrees does the spectrum mean"
            + " anything, and no spectrum causes a loss.");
  }

  /** The latent space says nothing of ends that no training run had. */
  private void requireSeen(double wanted) {
    double best = facts.outcomes().value(Double.NEGATIVE_INFINITY);
    double worst = facts.outcomes().value(Double.POSITIVE_INFINITY);
    double badness = facts.goal().badness(wanted);
    if (!(badness >= best && badness <= worst)) {
      double one = facts.goal().outcome(best);
      double other = facts.goal().outcome(worst);
      throw new RefusedException(
          RefusedException.Kind.UNSUPPORTED,
          "loss",
          "a final loss of %s is wanted, the training had %s to %s"
              .formatted(wanted, Math.min(one, other), Math.max(one, other)));
    }
  }

  private double loss(double score) {
    return facts.goal().outcome(facts.outcomes().value(score));
  }

  private static List<Double> expanded(double[] curve) {
    return Arrays.stream(curve).map(SpectrumShape::expand).boxed().toList();
  }
}
