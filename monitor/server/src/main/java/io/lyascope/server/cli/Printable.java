package io.lyascope.server.cli;

/** Makes text from outside harmless on a terminal. */
final class Printable {

  private static final int LONGEST = 200;

  private Printable() {}

  /** The text without line breaks and control sequences, and not longer than a few lines. */
  static String text(String text) {
    String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "...";
  }
}
