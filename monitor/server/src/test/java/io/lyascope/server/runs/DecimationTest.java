package io.lyascope.server.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecimationTest {

  private static List<Double> noise(int n) {
    Random random = new Random(1);
    return new ArrayList<>(IntStream.range(0, n).mapToObj(_ -> random.nextGaussian()).toList());
  }

  @Test
  void keepsEverythingThatFits() {
    assertEquals(noise(300), Decimation.of(noise(300), 300, v -> v));
  }

  @Test
  void keepsFirstLastLowestAndHighest() {
    List<Double> all = noise(10_000);
    all.set(777, -50.0);
    all.set(7_777, 50.0);
    List<Double> few = Decimation.of(all, 100, v -> v);
    assertTrue(few.size() <= 100);
    assertEquals(all.getFirst(), few.getFirst());
    assertEquals(all.getLast(), few.getLast());
    assertTrue(few.containsAll(List.of(-50.0, 50.0)));
  }

  @Test
  void keepsASingleValueThatIsNotANumber() {
    List<Double> all = noise(10_000);
    all.set(5_000, Double.NaN);
    assertTrue(Decimation.of(all, 50, v -> v).contains(Double.NaN));
  }

  @Test
  void keepsTheOrder() {
    List<Integer> all = IntStream.range(0, 5000).boxed().toList();
    List<Integer> few = Decimation.of(all, 64, i -> Math.sin(i));
    assertEquals(few.stream().sorted().toList(), few);
  }

  @Test
  void alwaysKeepsBothEnds() {
    assertEquals(
        List.of(0, 99), Decimation.of(IntStream.range(0, 100).boxed().toList(), 0, i -> i));
  }
}
