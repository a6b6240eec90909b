package io.lyascope.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void freePortsDifferAndLieBelowTheClientRange() {
    Ports ports = Ports.free();
    assertNotEquals(ports.broker(), ports.controller());
    assertTrue(ports.broker() < 32_000 && ports.controller() < 32_000);
  }

  @Test
  void aChosenPortIsKept() {
    assertEquals(9092, Ports.withBroker(9092).broker());
  }
}
