package io.lyascope.server.cli;

import io.lyascope.server.config.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of one command, sorted out.
 *
 * @param operands what is no option, in order
 * @param options values by name; a switch has an empty one
 * @param keys configuration keys and their values
 */
record Arguments(List<String> operands, Map<String, String> options, Map<String, String> keys) {

  /** No word holds it. */
  private static final String SEPARATOR = "\0";

  /**
   * Sorts out what follows the command's name. Both {@code --name value} and {@code --name=value}
   * are understood; after {@code --} everything is an operand.
   *
   * @throws UsageException naming the option that is unknown, repeated or lacks its value
   */
  static Arguments parse(Usage usage, List<String> words) {
    List<String> operands = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, String> keys = new LinkedHashMap<>();
    ListIterator<String> rest = words.listIterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("--")) {
        rest.forEachRemaining(operands::add);
      } else if (!word.startsWith("-") || word.equals("-")) {
        operands.add(word);
      } else {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Optional<String> attached =
            equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
        Optional<Option> option = usage.option(name);
        boolean key = option.isEmpty() && isKey(usage, name);
        if (option.isEmpty() && !key) {
          throw unknown(usage, name);
        }
        Option.Values wanted = key ? Option.Values.ONE : option.get().values();
        put(
            key ? keys : options,
            key ? name.substring(2) : name,
            value(name, wanted, attached, rest));
      }
    }
    return new Arguments(List.copyOf(operands), Map.copyOf(options), Map.copyOf(keys));
  }

  private static boolean isKey(Usage usage, String name) {
    return usage.keys() == Usage.Keys.TAKEN && name.startsWith("--") && name.contains(".");
  }

  private static String value(
      String name, Option.Values wanted, Optional<String> attached, ListIterator<String> rest) {
    return switch (wanted) {
      case NONE -> nothing(name, attached);
      case ONE -> attached.orElseGet(() -> next(name, rest));
      case ANY -> attached.orElseGet(() -> String.join(SEPARATOR, upToNextOption(rest)));
    };
  }

  private static String nothing(String name, Optional<String> attached) {
    if (attached.isPresent()) {
      throw new UsageException(name + " takes no value");
    }
    return "";
  }

  private static String next(String name, ListIterator<String> rest) {
    if (!rest.hasNext()) {
      throw new UsageException(name + " needs a value");
    }
    return rest.next();
  }

  private static List<String> upToNextOption(ListIterator<String> rest) {
    List<String> words = new ArrayList<>();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.startsWith("-")) {
        rest.previous();
        break;
      }
      words.add(word);
    }
    return words;
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (values.put(name, value) != null) {
      throw new UsageException(name + " is given twice");
    }
  }

  private static UsageException unknown(Usage usage, String name) {
    List<String> known = usage.options().stream().map(Option::name).toList();
    String hint = known.isEmpty() ? "" : "; the nearest is " + Nearest.to(name, known);
    return new UsageException("%s has no option %s%s".formatted(usage.command(), name, hint));
  }

  boolean has(Option option) {
    return options.containsKey(option.name());
  }

  Optional<String> value(Option option) {
    return Optional.ofNullable(options.get(option.name()));
  }

  /** All values of an option that takes any number of them. */
  List<String> values(Option option) {
    return value(option)
        .filter(words -> !words.isEmpty())
        .map(words -> List.of(words.split(SEPARATOR)))
        .orElse(List.of());
  }

  /** Refuses operands that nobody would look at. */
  Arguments withoutOperands() {
    if (!operands.isEmpty()) {
      throw new UsageException("\"" + operands.getFirst() + "\" is not expected here");
    }
    return this;
  }
}
