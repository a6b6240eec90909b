package io.lyascope.server.cli;

import io.lyascope.aelle.Progress;
import java.io.PrintStream;

/** A bar that grows by a line for each part that is done. */
record TrainProgress(PrintStream err) implements Progress {

  private static final int WIDTH = 30;

  @Override
  public void at(String what, int done, int all) {
    int full = WIDTH * done / all;
    err.printf(
        "%-10s [%s%s] %d of %d%n", what, "#".repeat(full), ".".repeat(WIDTH - full), done, all);
  }
}
