package io.lyascope.aelle;

import io.lyascope.snapshot.Architecture;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The raw values behind the columns: by name, of each source.
 *
 * @param values what evidence says; a NaN is a value, what is missing is absent
 */
record Facts(Map<Source, Map<String, Object>> values) {

  /** The name of the cell in the facts, which a predictor has to know. */
  static final String CELL = "cell";

  /** The name of the number of layers in the facts. */
  static final String LAYERS = "num_layers";

  /** Last words of names that say which run it is, not how it is trained. */
  private static final Set<String> IDENTITIES =
      Set.of("id", "index", "number", "trial", "rank", "fold", "port", "device", "workers");

  static Facts of(Evidence evidence, String metric, Spectra spectra) {
    Map<Source, Map<String, Object>> values = new LinkedHashMap<>();
    evidence.spectrum().ifPresent(spectrum -> spectra.describe(spectrum, values));
    values.put(Source.ARCHITECTURE, architecture(evidence.architecture()));
    Map<String, Object> others = new LinkedHashMap<>(evidence.scalars());
    Object loss = others.remove(metric);
    values.put(Source.LOSS, loss == null ? Map.of() : Map.of(metric, loss));
    values.put(Source.SCALARS, others);
    values.put(Source.CONFIG, config(evidence.config()));
    return new Facts(values);
  }

  private static Map<String, Object> architecture(Optional<Architecture> architecture) {
    Map<String, Object> facts = new LinkedHashMap<>();
    architecture.ifPresent(network -> {
      facts.put(CELL, cell(network));
      putSize(facts, "hidden_size", network.hiddenSize());
      putSize(facts, LAYERS, network.layers());
    });
    return facts;
  }

  /** A size of zero is one that the run did not tell. */
  private static void putSize(Map<String, Object> facts, String name, int size) {
    if (size > 0) {
      facts.put(name, (double) size);
    }
  }

  /** The cell; another nonlinearity than tanh makes it another one. */
  static String cell(Architecture network) {
    return network.nonlinearity().equals("tanh")
        ? network.cell()
        : network.cell() + "/" + network.nonlinearity();
  }

  /** The sizes of the network and the hyper-parameters that are numbers, {@code config.NAME}. */
  static Map<String, Double> settings(Evidence evidence) {
    Map<String, Object> facts = architecture(evidence.architecture());
    config(evidence.config()).forEach((name, value) -> facts.put("config." + name, value));
    Map<String, Double> numbers = new LinkedHashMap<>();
    facts.forEach((name, value) -> {
      if (value instanceof Number number) {
        numbers.put(name, number.doubleValue());
      }
    });
    return numbers;
  }

  /** Seeds and the like are no hyper-parameters: they say which run it is. */
  private static Map<String, Object> config(Map<String, Object> config) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Flat.config(config)
        .forEach((name, value) -> {
          boolean plain =
              value instanceof Number || value instanceof String || value instanceof Boolean;
          if (plain && !isIdentity(name.toLowerCase(Locale.ROOT))) {
            facts.put(name, value);
          }
        });
    return facts;
  }

  private static boolean isIdentity(String name) {
    String last = name.replaceFirst(".*[^a-z](?=[a-z]+[^a-z]*$)", "").replaceFirst("[^a-z]*$", "");
    return name.contains("seed") || IDENTITIES.contains(last);
  }

  /** What a column is about; null if it is missing. */
  Object get(Column column) {
    return values.getOrDefault(column.source(), Map.of()).get(column.name());
  }
}
