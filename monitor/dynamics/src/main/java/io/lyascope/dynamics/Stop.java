package io.lyascope.dynamics;

import java.util.Arrays;
import java.util.Optional;

/** Why a measurement has gone no further. */
public enum Stop {
  /** All counted steps were done. */
  COMPLETE("complete"),
  /** Time was up. */
  DEADLINE("deadline"),
  /** It goes on: this is the estimate so far. */
  UNFINISHED("unfinished");

  private final String label;

  Stop(String label) {
    this.label = label;
  }

  /** The name in JSON. */
  public String label() {
    return label;
  }

  /** The reason of this name. */
  public static Optional<Stop> ofLabel(String label) {
    return Arrays.stream(values()).filter(stop -> stop.label.equals(label)).findFirst();
  }
}
