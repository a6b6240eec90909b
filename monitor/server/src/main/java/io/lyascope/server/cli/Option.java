package io.lyascope.server.cli;

/**
 * An option of a command.
 *
 * @param name with its dashes
 * @param argument what the help calls its value; empty for a switch
 * @param meaning for the help
 * @param values how many it takes
 */
record Option(String name, String argument, String meaning, Values values) {

  /** How many values an option takes. */
  enum Values {
    NONE,
    ONE,
    /** All words up to the next option. */
    ANY
  }

  Option(String name, String argument, String meaning) {
    this(name, argument, meaning, argument.isEmpty() ? Values.NONE : Values.ONE);
  }

  /** An option that takes all words up to the next one. */
  static Option list(String name, String argument, String meaning) {
    return new Option(name, argument, meaning, Values.ANY);
  }

  static final Option JSON = new Option("--json", "", "print JSON instead of a table");
  static final Option CONFIG = new Option("--config", "FILE", "a YAML file of configuration keys");
}
