/** Predictions from Lyapunov spectra: corpora, predictors, their training and evaluation. */
package io.lyascope.aelle;
