/** Measures how far spectra are off, through the public interface of the engine. */
package io.lyascope.bench;
