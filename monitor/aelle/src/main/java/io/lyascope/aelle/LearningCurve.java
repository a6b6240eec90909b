package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How good the default is after so many runs, always on the same unseen ones.
 *
 * @param points by number of runs, the last one all of the training's
 */
public record LearningCurve(List<Point> points) {

  /** The smallest number of runs that is tried. */
  private static final int FIRST = 16;

  /**
   * One number of runs.
   *
   * @param runs learnt from
   * @param trusted whether the probabilities are better than the base rate, by their interval
   */
  public record Point(int runs, Figure auc, Figure brier, boolean trusted) {

    private Map<String, Object> toFields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("runs", runs);
      fields.put("auc", auc.toFields());
      fields.put("brier", brier.toFields());
      fields.put("trusted", trusted);
      return fields;
    }
  }

  /** Twice as many each time, below {@code all}. */
  static List<Integer> sizes(int all) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = FIRST; size < all; size *= 2) {
      sizes.add(size);
    }
    return sizes;
  }

  /**
   * From figures of the default.
   *
   * @param bySize of predictors that have learnt from that many runs
   */
  static LearningCurve of(Map<Integer, Figures> bySize) {
    List<Point> points = new ArrayList<>();
    String name = View.ALL.name();
    bySize.forEach((size, figures) ->
        points.add(
            new Point(
                size,
                figures.figure(name, Metric.AUC.label()),
                figures.figure(name, Metric.BRIER.label()),
                figures.beatsTheBaseRate(name))));
    return new LearningCurve(points);
  }

  /** The number of runs from which on every point is to be trusted; empty if the last is not. */
  public OptionalInt trustedFrom() {
    OptionalInt from = OptionalInt.empty();
    for (Point point : points.reversed()) {
      if (!point.trusted()) {
        break;
      }
      from = OptionalInt.of(point.runs());
    }
    return from;
  }

  /** As JSON fields. */
  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("learning_curve", points.stream().map(Point::toFields).toList());
    fields.put("trusted_from", trustedFrom());
    return fields;
  }
}
