package io.lyascope.server.metrics;

/** The gauges of a single run: name and meaning. */
enum RunMetric {
  // With dots, since only so the registry leaves the ending of the name alone.
  INFO("lyascope.run.info", "What a run is; the value is always 1."),
  STATE("lyascope_run_state", "1 for the state that a run is in, 0 for the others."),
  STEP("lyascope_run_step", "Training step that was last heard of."),
  PROGRESS("lyascope_run_progress_ratio", "Share of the planned training that is done, 0 to 1."),
  LAST_SNAPSHOT(
      "lyascope_run_last_snapshot_timestamp_seconds", "When the last snapshot came, Unix time."),
  EXPONENT_MAX(
      "lyascope_exponent_max",
      "Largest Lyapunov exponent, nats per step; of a feed-forward network over inputs, per layer."),
  EXPONENT_MEAN(
      "lyascope_exponent_mean",
      "Mean of all Lyapunov exponents, nats per step; of a feed-forward network over inputs, per layer."),
  EXPONENT_MIN(
      "lyascope_exponent_min",
      "Smallest Lyapunov exponent, nats per step; of a feed-forward network over inputs, per layer."),
  RIDGE_CONTRAST(
      "lyascope_ridge_contrast",
      "How far the largest exponents of a feed-forward network's inputs stand above their median,"
          + " nats per layer."),
  EXPONENT_STANDARD_ERROR(
      "lyascope_exponent_standard_error", "Standard error of the largest exponent over sequences."),
  EXPONENTS_POSITIVE("lyascope_exponents_positive", "Number of exponents above 0.01."),
  EXPONENTS_NEAR_ZERO("lyascope_exponents_near_zero", "Number of exponents within 0.01 of zero."),
  EXPONENTS_DEAD(
      "lyascope_exponents_dead", "Number of exponents at minus infinity or lost to rounding."),
  EXPONENT_QUANTILE("lyascope_exponent_quantile", "Quantiles of a spectrum, nats per step."),
  EXPONENTS("lyascope_exponents", "Number of exponents up to the edge le, cumulative."),
  KAPLAN_YORKE("lyascope_kaplan_yorke_dimension", "Kaplan-Yorke dimension of the attractor."),
  ENTROPY_RATE("lyascope_entropy_rate", "Sum of the positive exponents, nats per step."),
  MEMORY_HORIZON(
      "lyascope_memory_horizon_steps",
      "Steps after which a gradient has shrunk by e; absent while the largest exponent is not"
          + " negative."),
  PARTICIPATION_RATIO(
      "lyascope_leading_vector_participation_ratio",
      "Number of state variables that take part in the leading tangent vector."),
  PCA_DIMENSION(
      "lyascope_hidden_pca_dimension", "Number of principal components that hidden states fill."),
  UPDATE_PARTICIPATION_RATIO(
      "lyascope_update_participation_ratio",
      "Participation ratio of the singular values of the last change of the recurrent weights; 1 is"
          + " rank one."),
  NONFINITE(
      "lyascope_nonfinite_values",
      "1 if the last snapshot had a weight that is NaN or infinite (the search ends there), else"
          + " 0."),
  TRAINING_LOSS("lyascope_training_loss", "Training loss, as the run reports it."),
  VALIDATION_LOSS("lyascope_validation_loss", "Validation loss, as the run reports it."),
  PREDICTED_LOSS("lyascope_predicted_loss", "Predicted final loss."),
  SUCCESS_PROBABILITY(
      "lyascope_success_probability",
      "Predicted probability of a final loss below the predictor's threshold."),
  BASELINE_PROBABILITY(
      "lyascope_baseline_probability",
      "The same probability without the predictor: from a single source alone, or the base rate."),
  LATENT_DISTANCE(
      "lyascope_latent_distance",
      "Distance from the runs of the predictor's training, in units of the limit beyond which a"
          + " run is out of distribution."),
  VERDICT("lyascope_verdict", "1 for what is recommended of a run, 0 for the other verdicts.");

  private final String label;
  private final String help;

  RunMetric(String label, String help) {
    this.label = label;
    this.help = help;
  }

  /** The name in the exposition. */
  String label() {
    return label;
  }

  String help() {
    return help;
  }
}
