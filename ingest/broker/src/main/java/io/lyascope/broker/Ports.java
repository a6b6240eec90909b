package io.lyascope.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** The two loopback ports of a broker. */
public record Ports(int broker, int controller) {
  // Below the range from which the kernel hands out client ports: a client that keeps trying a
  // dead broker's port from inside that range can connect to itself, and then nothing can bind it.
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;

  /**
   * Two ports nobody listens on. They are not held: bind them soon.
   *
   * @throws IllegalStateException if a hundred tries found none
   */
  public static Ports free() {
    int broker = freePort(0);
    return new Ports(broker, freePort(broker));
  }

  /** The given port for clients, and a free one for the controller. */
  public static Ports withBroker(int broker) {
    return new Ports(broker, freePort(broker));
  }

  private static int freePort(int taken) {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (port != taken && bindable(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no free port found between %d and %d on 127.0.0.1".formatted(LOWEST, HIGHEST));
  }

  private static boolean bindable(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
