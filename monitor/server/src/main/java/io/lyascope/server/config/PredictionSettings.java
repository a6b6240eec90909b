package io.lyascope.server.config;

import java.util.List;

/**
 * What runs are judged by.
 *
 * @param models files of predictors, and {@code bundled} for those that come with this version; a
 *     run is judged by the first that fits
 */
public record PredictionSettings(List<String> models) {}
