package io.lyascope.server.cli;

import java.util.List;
import java.util.Optional;

/**
 * What a command takes.
 *
 * @param command its name
 * @param operands what follows the options, for the help
 * @param summary one line for the list of commands
 * @param options its own options
 * @param keys whether configuration keys are options too
 */
record Usage(String command, String operands, String summary, List<Option> options, Keys keys) {

  /** Whether {@code --http.port 9090} and the like are understood. */
  enum Keys {
    TAKEN,
    REFUSED
  }

  Optional<Option> option(String name) {
    return options.stream().filter(option -> option.name().equals(name)).findFirst();
  }

  /** The help of this one command. */
  String help() {
    StringBuilder text = new StringBuilder();
    text.append("usage: lyascope ").append(command);
    if (!operands.isEmpty()) {
      text.append(' ').append(operands);
    }
    text.append("\n\n").append(summary).append('\n');
    if (!options.isEmpty()) {
      text.append('\n');
    }
    for (Option option : options) {
      String spelling = (option.name() + " " + option.argument()).strip();
      text.append("  %-24s %s%n".formatted(spelling, option.meaning()));
    }
    if (keys == Keys.TAKEN) {
      text.append("  %-24s %s%n".formatted("--KEY VALUE", "any configuration key"));
    }
    return text.toString();
  }
}
