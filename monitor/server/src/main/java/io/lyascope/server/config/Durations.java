package io.lyascope.server.config;

import java.time.Duration;

/** Durations as configuration files and options spell them. */
public final class Durations {

  private Durations() {}

  /**
   * Reads {@code 250ms}, {@code 30s}, {@code 15m}, {@code 2h} or {@code 7d}.
   *
   * @throws IllegalArgumentException whose message names what was wanted
   */
  public static Duration parse(String text) {
    return Parsers.duration(text);
  }
}
