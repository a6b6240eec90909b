package io.lyascope.server.cli;

import io.lyascope.server.demo.Replays;

/** The option that paces replays. */
final class Speed {

  static final Option OPTION =
      new Option(
          "--speed",
          "X",
          "X times as fast; at 1 (the default) a run takes " + Replays.LENGTH.toSeconds() + " s");

  private Speed() {}

  static double of(Arguments arguments) {
    String text = arguments.value(OPTION).orElse("1");
    try {
      double speed = Double.parseDouble(text);
      if (speed > 0 && Double.isFinite(speed)) {
        return speed;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new UsageException("--speed: \"" + text + "\" is not a number above 0");
  }
}
