package io.lyascope.aelle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What kernels are told about a spectrum.
 *
 * @param curves components of the compressed curve
 * @param raw the first component of the exponents as they are
 */
record Spectra(Pca curves, Pca raw) {

  /** Components of the compressed curve: more of them were no better in the replication. */
  static final int COMPONENTS = 8;

  static Spectra of(List<Evidence.Spectrum> spectra) {
    return new Spectra(
        Pca.of(rows(spectra, SpectrumShape::curve), COMPONENTS),
        Pca.of(rows(spectra, SpectrumShape::raw), 1));
  }

  private static double[][] rows(
      List<Evidence.Spectrum> spectra, Function<Evidence.Spectrum, double[]> shape) {
    return spectra.stream().map(shape).toArray(double[][]::new);
  }

  void describe(Evidence.Spectrum spectrum, Map<Source, Map<String, Object>> values) {
    double[] coordinates = curves.project(SpectrumShape.curve(spectrum));
    Map<String, Object> components = new LinkedHashMap<>();
    for (int k = 0; k < coordinates.length; k++) {
      components.put("component " + (k + 1), coordinates[k]);
    }
    components.put("dead", SpectrumShape.dead(spectrum));
    double[] exponents = SpectrumShape.raw(spectrum);
    values.put(Source.SPECTRUM, components);
    values.put(Source.MAX, Map.of("max", exponents[0]));
    values.put(Source.MEAN, Map.of("mean", Arrays.stream(exponents).average().orElseThrow()));
    values.put(Source.FIRST, Map.of("first", raw.project(exponents)[0]));
  }
}
