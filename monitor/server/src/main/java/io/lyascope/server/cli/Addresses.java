package io.lyascope.server.cli;

import java.io.PrintStream;

/** Says where a running monitor is to be seen. */
final class Addresses {

  private Addresses() {}

  static void print(PrintStream out, String url) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    out.println("Page     " + base + "/");
    out.println("Metrics  " + base + "/metrics");
    out.println("Stop it with Ctrl-C.");
    out.flush();
  }
}
