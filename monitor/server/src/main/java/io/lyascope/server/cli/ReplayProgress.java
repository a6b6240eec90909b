package io.lyascope.server.cli;

import io.lyascope.server.demo.ReplayListener;
import java.io.PrintStream;

/** Says on a terminal how replays go on: four lines for each run. */
record ReplayProgress(PrintStream err) implements ReplayListener {

  @Override
  public void started(String run, int snapshots) {
    say(run, "starts, " + snapshots + " snapshots");
  }

  @Override
  public void sent(String run, int count, int snapshots, long step) {
    int quarter = 4 * count / snapshots;
    if (count < snapshots && quarter > 4 * (count - 1) / snapshots) {
      say(run, count + " of " + snapshots + " snapshots sent, step " + step);
    }
  }

  @Override
  public void finished(String run, String state) {
    say(run, "all sent, " + state);
  }

  private void say(String run, String what) {
    err.println(Printable.text(run) + ": " + what);
  }
}
