package io.lyascope.server.cli;

import io.lyascope.dynamics.FieldGrid;
import io.lyascope.dynamics.FiniteTimeDetail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The arguments of {@code analyze} that are for feed-forward networks. */
final class LayerArguments {

  private static final Option DIRECTIONS =
      new Option("--directions", "", "what each input is stretched along most");
  private static final Option SINGULAR_SPECTRUM =
      new Option("--singular-spectrum", "", "all singular values of each input");
  static final Option ENTROPY =
      new Option("--entropy", "", "class entropy of all networks together");
  private static final Option FIELD =
      new Option("--field", "X0,X1,Y0,Y1,NX,NY", "exponents on a grid; wants --field-out");
  private static final Option FIELD_OUT =
      new Option("--field-out", "FILE", "where the field is written");
  private static final Option PLANE =
      new Option("--plane", "FILE", "where the grid lies: origin [D], directions [2, D]");

  static final List<Option> OPTIONS =
      List.of(DIRECTIONS, SINGULAR_SPECTRUM, ENTROPY, FIELD, FIELD_OUT, PLANE);

  private LayerArguments() {}

  /** What is asked of feed-forward networks; empty if nothing is. */
  static Optional<LayerRequest> request(Arguments arguments) {
    return OPTIONS.stream().anyMatch(arguments::has)
        ? Optional.of(new LayerRequest(details(arguments), tasks(arguments)))
        : Optional.empty();
  }

  private static Set<FiniteTimeDetail> details(Arguments arguments) {
    Set<FiniteTimeDetail> details = EnumSet.noneOf(FiniteTimeDetail.class);
    if (arguments.has(DIRECTIONS)) {
      details.add(FiniteTimeDetail.DIRECTIONS);
    }
    if (arguments.has(SINGULAR_SPECTRUM)) {
      details.add(FiniteTimeDetail.SINGULAR_SPECTRUM);
    }
    return details;
  }

  private static List<EnsembleTask> tasks(Arguments arguments) {
    List<EnsembleTask> tasks = new ArrayList<>();
    if (arguments.has(FIELD) != arguments.has(FIELD_OUT)) {
      throw new UsageException("--field and --field-out want each other");
    }
    if (arguments.has(PLANE) && !arguments.has(FIELD)) {
      throw new UsageException("--plane is for --field");
    }
    if (arguments.has(FIELD)) {
      tasks.add(
          new FieldTask(
              grid(arguments.value(FIELD).orElseThrow()),
              arguments.value(PLANE).map(Path::of),
              Path.of(arguments.value(FIELD_OUT).orElseThrow())));
    }
    if (arguments.has(ENTROPY)) {
      tasks.add(new EntropyTask());
    }
    return tasks;
  }

  private static FieldGrid grid(String text) {
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    try {
      if (parts.size() != 6) {
        throw new IllegalArgumentException(parts.size() + " numbers, wanted " + FIELD.argument());
      }
      double[] ends = parts.stream().limit(4).mapToDouble(Double::parseDouble).toArray();
      int columns = Integer.parseInt(parts.get(4));
      int rows = Integer.parseInt(parts.get(5));
      return new FieldGrid(ends[0], ends[1], ends[2], ends[3], columns, rows);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--field " + text + ": " + e.getMessage());
    }
  }
}
