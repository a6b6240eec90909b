package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import java.util.List;

/** A cell's constants, by their names in the architecture's {@code hyper}. */
record Hyper(Architecture architecture) {

  /**
   * A constant that the cell cannot do without.
   *
   * @throws RefusedException of kind {@code unsupported}, naming the field
   */
  double number(String name) {
    if (architecture.hyper().get(name) == null) {
      throw refused(name, "is missing, wanted a number");
    }
    return number(name, Double.NaN);
  }

  /** The same, where zero and less have no meaning: exponents per unit time want time to pass. */
  double positive(String name) {
    double value = number(name);
    if (value <= 0) {
      throw refused(name, "is " + value + ", wanted a number above 0");
    }
    return value;
  }

  /** A constant that has a usual value. */
  double number(String name, double usual) {
    return switch (architecture.hyper().get(name)) {
      case null -> usual;
      case Number number when Double.isFinite(number.doubleValue()) -> number.doubleValue();
      case Object other -> throw refused(name, "is " + other + ", wanted a number");
    };
  }

  /** One of a few words, the first of which is usual. */
  String word(String name, List<String> known) {
    Object found = architecture.hyper().get(name);
    if (found == null) {
      return known.getFirst();
    }
    return known.stream()
        .filter(found::equals)
        .findFirst()
        .orElseThrow(() -> refused(name, "is " + found + ", known: " + String.join(", ", known)));
  }

  /** A switch that is usually off. */
  boolean truth(String name) {
    return switch (architecture.hyper().get(name)) {
      case null -> false;
      case Boolean truth -> truth;
      case Object other -> throw refused(name, "is " + other + ", wanted true or false");
    };
  }

  private static RefusedException refused(String name, String what) {
    return new RefusedException(
        Kind.UNSUPPORTED,
        "lyascope.architecture.hyper." + name,
        "the architecture's hyper." + name + " " + what);
  }
}
