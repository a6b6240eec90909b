/** What predictors say of readings: the document, its JSON, and which predictor is asked. */
package io.lyascope.server.prediction;
