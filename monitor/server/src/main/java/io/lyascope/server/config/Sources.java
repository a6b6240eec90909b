package io.lyascope.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads each place in which keys may be set into dotted keys and text. */
final class Sources {

  /** Variables with our prefix that belong to the Python client, the launcher or Kubernetes. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "LYASCOPE_MODE",
          "LYASCOPE_BOOTSTRAP_SERVERS",
          "LYASCOPE_URL",
          "LYASCOPE_PROJECT",
          "LYASCOPE_RUN",
          "LYASCOPE_ATTEMPT",
          "LYASCOPE_DIR",
          "LYASCOPE_TOKEN",
          "LYASCOPE_JAVA_OPTS");

  private Sources() {}

  /** The keys of a YAML file; nested maps and dotted keys mean the same. */
  static Map<String, Value> file(Path path) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (Reader text = Files.newBufferedReader(path)) {
      Object root = new Yaml(new SafeConstructor(options)).load(text);
      Map<String, Value> found = new LinkedHashMap<>();
      if (root != null) {
        flatten("", root, new Origin.File(path), found);
      }
      return found;
    } catch (NoSuchFileException e) {
      throw new ConfigException("there is no configuration file " + path);
    } catch (IOException e) {
      throw new ConfigException("the configuration file " + path + " cannot be read: " + e);
    } catch (YAMLException e) {
      throw new ConfigException(path + " is not YAML: " + e.getMessage());
    }
  }

  private static void flatten(String prefix, Object node, Origin origin, Map<String, Value> found) {
    switch (node) {
      case null -> {} // a key without a value is as good as absent
      case Map<?, ?> map ->
          map.forEach((name, child) ->
              flatten(prefix.isEmpty() ? "" + name : prefix + "." + name, child, origin, found));
      case List<?> items ->
          put(
              prefix,
              items.stream().map(String::valueOf).collect(Collectors.joining(",")),
              origin,
              found);
      default -> put(prefix, node.toString(), origin, found);
    }
  }

  private static void put(String key, String text, Origin origin, Map<String, Value> found) {
    if (key.isEmpty()) {
      throw new ConfigException(origin + ": a map of keys is wanted, not " + text);
    }
    if (found.put(key, new Value(text, origin)) != null) {
      throw new ConfigException(origin + ": " + key + " is set twice");
    }
  }

  /** The keys that environment variables set. */
  static Map<String, Value> environment(Map<String, String> environment) {
    Map<String, Value> found = new LinkedHashMap<>();
    environment.forEach((variable, text) -> {
      if (variable.startsWith(Key.ENVIRONMENT_PREFIX) && !belongsToOthers(variable)) {
        found.put(keyOf(variable), new Value(text, new Origin.Environment(variable)));
      }
    });
    return found;
  }

  /** Kubernetes describes a service called lyascope in variables such as LYASCOPE_PORT_8080_TCP. */
  private static boolean belongsToOthers(String variable) {
    return NOT_OURS.contains(variable)
        || variable.matches("LYASCOPE_(SERVICE_(HOST|PORT.*)|PORT|PORT_.*)");
  }

  private static String keyOf(String variable) {
    for (Key<?> key : Keys.ALL) {
      if (key.environmentVariable().equals(variable)) {
        return key.name();
      }
    }
    Optional<String> kafka =
        variable.startsWith(Key.environmentVariable(KafkaNames.COMMON))
            ? KafkaNames.ofEnvironment(variable)
            : Optional.empty();
    return kafka.orElseThrow(() ->
        new ConfigException(
            "environment variable "
                + variable
                + " sets no key; the nearest is "
                + Key.environmentVariable(Nearest.key(unmapped(variable)))));
  }

  private static String unmapped(String variable) {
    return variable
        .substring(Key.ENVIRONMENT_PREFIX.length())
        .toLowerCase(Locale.ROOT)
        .replace('_', '.');
  }

  /** The keys that flags set; secrets are not taken, since every process list shows them. */
  static Map<String, Value> flags(Map<String, String> flags) {
    Map<String, Value> found = new LinkedHashMap<>();
    flags.forEach((name, text) -> {
      if (secrecy(name) == Key.Secrecy.SECRET) {
        throw new ConfigException(
            name
                + " is a secret: set it in the configuration file or by "
                + Key.environmentVariable(name));
      }
      found.put(name, new Value(text, new Origin.Flag(name)));
    });
    return found;
  }

  static Key.Secrecy secrecy(String name) {
    return Keys.ALL.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .map(Key::secrecy)
        .orElseGet(() -> KafkaNames.secrecy(name));
  }
}
