package io.lyascope.server.cli;

/**
 * An option of a command.
 *
 * @param name with its dashes
 * @param argument what the help calls its value; empty for a switch
 * @param meaning for the help
 */
record Option(String name, String argument, String meaning) {

  static final Option JSON = new Option("--json", "", "print JSON instead of a table");
  static final Option CONFIG = new Option("--config", "FILE", "a YAML file of configuration keys");

  boolean takesValue() {
    return !argument.isEmpty();
  }
}
