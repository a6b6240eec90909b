package io.lyascope.server.cli;

/** How data is printed. */
enum Format {
  TABLE,
  JSON;

  static Format of(Arguments arguments) {
    return arguments.has(Option.JSON) ? JSON : TABLE;
  }
}
