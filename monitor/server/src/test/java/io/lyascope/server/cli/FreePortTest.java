package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

  private static final String HOST = "127.0.0.1";

  @Test
  void aTakenPortIsPassedOver() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int found = FreePort.from(HOST, taken.getLocalPort());
      assertTrue(found > taken.getLocalPort(), found + " after " + taken.getLocalPort());
    }
  }

  @Test
  void aFreePortIsTakenAsItIs() throws IOException {
    int free = FreePort.from(HOST, 0);
    assertEquals(free, FreePort.from(HOST, free));
  }

  @Test
  void aHostOfAnotherMachineHasNoPort() {
    assertThrows(IOException.class, () -> FreePort.from("192.0.2.1", 1024));
  }
}
