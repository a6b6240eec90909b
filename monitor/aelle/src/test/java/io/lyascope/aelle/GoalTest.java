package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GoalTest {

  @Test
  void whatIsGoodLiesBelowOrAboveTheLimit() {
    assertTrue(Goal.MINIMIZE.isGood(0.4, 0.5));
    assertFalse(Goal.MINIMIZE.isGood(0.5, 0.5));
    assertTrue(Goal.MAXIMIZE.isGood(0.6, 0.5));
    assertFalse(Goal.MAXIMIZE.isGood(0.4, 0.5));
  }

  @Test
  void noEndThatIsNotFiniteIsGood() {
    for (Goal goal : Goal.values()) {
      assertFalse(goal.isGood(Double.NaN, 0.5));
      assertFalse(goal.isGood(Double.NEGATIVE_INFINITY, 0.5));
      assertFalse(goal.isGood(Double.POSITIVE_INFINITY, 0.5));
    }
  }
}
