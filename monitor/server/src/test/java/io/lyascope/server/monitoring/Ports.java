package io.lyascope.server.monitoring;

import java.io.IOException;
import java.net.ServerSocket;

/** Ports for programs that cannot choose one themselves. */
final class Ports {

  private Ports() {}

  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
