package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Storm 2024, figures 2 and 3(b), along the depth L: a network learns to change its output by about
 * one across the boundary, however many layers it has for that. So L lambda_1 tends to a constant
 * there, while the background falls with every layer.
 */
class RidgeDepthTest {

  /** Were it lambda_1 that stays, one would be four times the other. */
  @Test
  void theStretchOnTheBoundaryIsThatOfAFourthOfTheLayers() {
    CircleField shallow = trained(10, 2, 150_000, 1);
    CircleField deep = trained(10, 8, 150_000, 1);
    assertEquals(1, deep.stretchOnBoundary() / shallow.stretchOnBoundary(), 0.35);
    assertTrue(deep.stretchOnBoundary() > 2 && deep.stretchOnBoundary() < 4);
    double few = 2 * shallow.exponents().contrast().getAsDouble();
    double many = 8 * deep.exponents().contrast().getAsDouble();
    assertTrue(many > 2 * few, many + " against " + few);
    assertTrue(deep.stretchInCentre() < shallow.stretchInCentre() - 1);
  }

  /** Of three networks each, because single ones lie a fifth off. */
  @Test
  @Tag("large")
  void theStretchOnTheBoundaryStaysWhereLayersAreDoubled() {
    double eight = meanStretch(8);
    double sixteen = meanStretch(16);
    assertEquals(1, sixteen / eight, 0.3, sixteen + " after " + eight);
    assertTrue(sixteen > 1.5 && sixteen < 4, "stretch " + sixteen);
  }

  private static double meanStretch(int depth) {
    return IntStream.rangeClosed(1, 3)
        .mapToDouble(seed -> trained(10, depth, 500_000, seed).stretchOnBoundary())
        .average()
        .orElseThrow();
  }

  /** The background comes up to the ridge, whose height stays. */
  @Test
  @Tag("large")
  void ridgesVanishInWideNetworks() {
    CircleField narrow = trained(10, 2, 150_000, 1);
    CircleField wide = trained(60, 2, 80_000, 1);
    CircleField wider = trained(240, 2, 60_000, 1);
    double[] heights = {above(narrow), above(wide), above(wider)};
    assertTrue(heights[1] < 0.8 * heights[0], Arrays.toString(heights));
    assertTrue(heights[2] < 0.5 * heights[0], Arrays.toString(heights));
    assertTrue(
        wider.exponents().standardDeviation() < 0.5 * narrow.exponents().standardDeviation());
    assertEquals(1, wider.stretchOnBoundary() / narrow.stretchOnBoundary(), 0.35);
  }

  private static double above(CircleField field) {
    return field.stretchOnBoundary() - field.stretchInCentre();
  }

  private static CircleField trained(int width, int depth, int patterns, long seed) {
    // Many units add up, so that they have to learn in smaller steps.
    double rate = width > 100 ? 0.01 : 0.02;
    CircleNetwork network = new CircleNetwork(width, depth, seed).train(patterns, rate);
    assertTrue(network.accuracy() > 0.93, "accuracy " + network.accuracy());
    return CircleField.of(network);
  }
}
