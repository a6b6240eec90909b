package io.lyascope.dynamics;

import java.util.Locale;

/** A pointwise nonlinearity and its derivative, the latter as PyTorch takes it at corners. */
enum Activation {
  TANH {
    @Override
    double value(double a) {
      return Math.tanh(a);
    }

    @Override
    double slope(double a, double value) {
      return Tanh.slope(a, value);
    }
  },
  RELU {
    @Override
    double value(double a) {
      return Math.max(a, 0);
    }

    @Override
    double slope(double a, double value) {
      return a > 0 ? 1 : 0;
    }
  },
  HARDTANH {
    @Override
    double value(double a) {
      return Math.clamp(a, -1.0, 1.0);
    }

    @Override
    double slope(double a, double value) {
      return a > -1 && a < 1 ? 1 : 0;
    }
  };

  abstract double value(double a);

  /** The derivative at {@code a}, where the value is known. */
  abstract double slope(double a, double value);

  double slope(double a) {
    return slope(a, value(a));
  }

  /** The name in an architecture, for example {@code tanh}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
