package io.lyascope.server.cli;

/** How a command ended. */
public enum ExitCode {
  OK(0),
  FAILURE(1),
  USAGE(2),
  UNREACHABLE(3),
  REFUSED_BY_POLICY(4);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** What the process ends with. */
  public int status() {
    return status;
  }
}
