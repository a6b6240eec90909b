package io.lyascope.server.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port for the page. */
final class FreePort {

  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * The wanted port, or the next one that nobody listens on.
   *
   * @throws IOException if the next hundred are all taken, or the host is none of this machine's
   */
  static int from(String host, int wanted) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    IOException last = null;
    for (int port = wanted; port < wanted + TRIES && port <= 65_535; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, address)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException("no free port from " + wanted + " on at " + host, last);
  }
}
