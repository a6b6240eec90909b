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
    double slope(double a) {
      return Logistic.tanhSlope(a);
    }
  },
  RELU {
    @Override
    double value(double a) {
      return Math.max(a, 0);
    }

    @Override
    double slope(double a) {
      return a > 0 ? 1 : 0;
    }
  },
  HARDTANH {
    @Override
    double value(double a) {
      return Math.clamp(a, -1.0, 1.0);
    }

    @Override
    double slope(double a) {
      return a > -1 && a < 1 ? 1 : 0;
    }
  };

  abstract double value(double a);

  abstract double slope(double a);

  /** The name in an architecture, for example {@code tanh}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
