package io.lyascope.server.prediction;

/**
 * Which predictor said it.
 *
 * @param digest SHA-256 of its file, lower-case hexadecimal
 */
public record PredictorName(String name, String digest) {}
