package io.lyascope.server.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.runs.Series.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private final Series series = new Series();

  @Test
  void keepsTheLastValueSaidOfAStep() {
    series.put(1, 5);
    series.put(2, 4);
    series.put(1, 3);
    assertEquals(List.of(new Point(1, 3), new Point(2, 4)), series.between(0, 9));
  }

  @Test
  void sortsWhatComesLate() {
    series.put(3, 30);
    series.put(1, 10);
    series.put(2, 20);
    assertEquals(List.of(new Point(1, 10), new Point(2, 20)), series.between(0, 2));
    assertEquals(30, series.last());
  }

  @Test
  void staysBoundedAndKeepsItsPeak() {
    for (int i = 0; i < 100_000; i++) {
      series.put(i, i == 4242 ? 99 : Math.sin(i));
    }
    List<Point> kept = series.between(0, Long.MAX_VALUE);
    assertTrue(kept.size() <= Series.CAPACITY);
    assertTrue(kept.contains(new Point(4242, 99)));
    assertEquals(99_999, kept.getLast().step());
  }

  @Test
  void forgetsWhatANewAttemptMeasuresAgain() {
    for (int i = 0; i < 10; i++) {
      series.put(i, i);
    }
    series.truncate(5);
    assertEquals(4, series.last());
  }
}
