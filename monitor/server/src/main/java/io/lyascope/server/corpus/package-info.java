/**
 * Corpora: finished runs with their spectra, from which predictors are trained. They come from the
 * topics of a cluster or from recordings; the spectra are the engine's either way.
 */
package io.lyascope.server.corpus;
