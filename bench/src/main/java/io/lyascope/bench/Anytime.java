package io.lyascope.bench;

import io.lyascope.dynamics.Interval;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.TangentFlow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the estimate of a measurement in progress comes closer to what it ends with. */
final class Anytime {

  private static final int[] MARKS = {1, 2, 5, 10, 20, 40, 60, 80, 100, 120};
  private static final int REPEATS = 5;

  private Anytime() {}

  /** A row for every mark that the probe is long enough for. */
  static List<Map<String, Object>> of(Subject subject) {
    LyapunovSpectrum end = subject.begin("{}").finish();
    List<Map<String, Object>> rows = once(subject, end);
    for (int i = 1; i < REPEATS; i++) {
      List<Map<String, Object>> again = once(subject, end);
      for (int r = 0; r < rows.size(); r++) {
        rows.get(r).merge("seconds", again.get(r).get("seconds"), Anytime::shorter);
      }
    }
    return rows;
  }

  private static Object shorter(Object one, Object other) {
    return Math.min((double) one, (double) other);
  }

  private static List<Map<String, Object>> once(Subject subject, LyapunovSpectrum end) {
    List<Map<String, Object>> rows = new ArrayList<>();
    TangentFlow flow = subject.begin("{}");
    long spent = 0;
    for (int mark : MARKS) {
      if (mark <= flow.protocol().steps()) {
        long begin = System.nanoTime();
        while (flow.countedSteps() < mark && !flow.isComplete()) {
          flow.advance(1);
        }
        spent += System.nanoTime() - begin;
        rows.add(row(subject, flow, end, spent * 1e-9));
      }
    }
    return rows;
  }

  private static Map<String, Object> row(
      Subject subject, TangentFlow flow, LyapunovSpectrum end, double seconds) {
    LyapunovSpectrum soFar = flow.spectrum();
    Map<String, Object> row = new HashMap<>(Deviation.of(soFar, end).fields());
    row.put("network", subject.name());
    row.put("steps", flow.countedSteps());
    row.put("seconds", seconds);
    row.put("half_width", halfWidth(soFar));
    row.put("inside", inside(soFar, end));
    return row;
  }

  /** Half of the widest interval of a resolved exponent. */
  private static double halfWidth(LyapunovSpectrum spectrum) {
    return spectrum.intervals().stream()
        .flatMap(intervals -> intervals.exponents().stream().limit(spectrum.resolved()))
        .mapToDouble(interval -> interval.width() / 2)
        .max()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The part of the intervals that contain what the exponent ends with. */
  private static double inside(LyapunovSpectrum soFar, LyapunovSpectrum end) {
    if (soFar.intervals().isEmpty()) {
      return Double.NaN;
    }
    List<Interval> intervals = soFar.intervals().get().exponents();
    int inside = 0;
    for (int i = 0; i < intervals.size(); i++) {
      inside += intervals.get(i).contains(end.exponents().get(i)) ? 1 : 0;
    }
    return (double) inside / intervals.size();
  }
}
