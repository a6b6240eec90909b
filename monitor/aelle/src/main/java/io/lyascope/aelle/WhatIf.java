package io.lyascope.aelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The spectrum that another predicted loss would need (Vogt 2023, equation 3.7): the smallest step
 * in latent space that changes the linear prediction by as much, decoded.
 *
 * @param predicted the autoencoder's prediction from the spectrum as it is
 * @param wanted the loss that was asked for
 * @param present the spectrum as the decoder gives it back, at equidistant indices
 * @param needed the decoded spectrum after the step, at the same indices
 * @param reencoded the prediction from the decoded spectrum: the check, which should be {@code
 *     wanted}
 * @param warning what has to be said beside it
 */
public record WhatIf(
    double predicted,
    double wanted,
    List<Double> present,
    List<Double> needed,
    double reencoded,
    String warning) {

  /** As JSON fields. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predicted_loss", predicted);
    fields.put("wanted_loss", wanted);
    fields.put("reencoded_loss", reencoded);
    fields.put("present", present);
    fields.put("needed", needed);
    fields.put("warning", warning);
    return fields;
  }
}
