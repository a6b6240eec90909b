package io.lyascope.aelle;

import java.util.List;

/**
 * A spectrum as a curve of fixed length. Exponent i of n lies at (i + 1/2) / n; between them the
 * curve is linear. What is dead lies at the floor, where clamped values lie, too.
 */
final class SpectrumShape {

  /** Points of the curve. */
  static final int LENGTH = 64;

  /** Exponents below this one are clamped: what they say is that the direction is lost. */
  static final double FLOOR = -10;

  private static final double SCALE = 0.05;

  private SpectrumShape() {}

  /** asinh(exponent / 0.05) at {@link #LENGTH} equidistant points. */
  static double[] curve(Evidence.Spectrum spectrum) {
    double[] raw = raw(spectrum);
    for (int i = 0; i < raw.length; i++) {
      raw[i] = compress(raw[i]);
    }
    return raw;
  }

  /** The exponents themselves at the same points, clamped. */
  static double[] raw(Evidence.Spectrum spectrum) {
    double[] clamped = clamped(spectrum);
    double[] curve = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      double at = (i + 0.5) / LENGTH * clamped.length - 0.5;
      int left = Math.clamp((int) Math.floor(at), 0, clamped.length - 1);
      int right = Math.min(left + 1, clamped.length - 1);
      double share = Math.clamp(at - left, 0, 1);
      curve[i] = clamped[left] + share * (clamped[right] - clamped[left]);
    }
    return curve;
  }

  private static double[] clamped(Evidence.Spectrum spectrum) {
    List<Double> exponents = spectrum.exponents();
    int alive = exponents.size() - spectrum.dead();
    double[] clamped = new double[exponents.size()];
    for (int i = 0; i < clamped.length; i++) {
      clamped[i] = i < alive ? Math.max(FLOOR, exponents.get(i)) : FLOOR;
    }
    return clamped;
  }

  /** The share of dead exponents. */
  static double dead(Evidence.Spectrum spectrum) {
    return (double) spectrum.dead() / spectrum.exponents().size();
  }

  static double compress(double exponent) {
    double x = exponent / SCALE;
    return Math.copySign(Math.log(Math.abs(x) + Math.hypot(x, 1)), x);
  }

  /** The exponent behind a compressed one. */
  static double expand(double compressed) {
    return SCALE * Math.sinh(compressed);
  }
}
