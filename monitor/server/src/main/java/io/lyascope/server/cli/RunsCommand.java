package io.lyascope.server.cli;

import io.lyascope.server.config.Config;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Lists the runs that a running monitor knows. */
record RunsCommand(String url, Optional<Path> configFile, Map<String, String> keys, Format format)
    implements Command {

  private static final String ROW = "%-32s %-9s %8s %9s %12s %10s %10s%n";

  static final Usage USAGE =
      new Usage(
          "runs",
          "[--url URL]",
          "List the runs of a running monitor.",
          List.of(MonitorClient.URL, Option.CONFIG, Option.JSON),
          Usage.Keys.TAKEN);

  static RunsCommand of(Arguments arguments) {
    return new RunsCommand(
        arguments.withoutOperands().value(MonitorClient.URL).orElse(MonitorClient.DEFAULT_URL),
        arguments.value(Option.CONFIG).map(Path::of),
        arguments.keys(),
        Format.of(arguments));
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    Config config = Config.load(configFile, terminal.environment(), keys);
    HttpResponse<String> answer = new MonitorClient(url, config.auth().viewerToken()).get("runs");
    if (answer.statusCode() != 200) {
      terminal.err().println("lyascope: " + refusal(answer));
      return ExitCode.FAILURE;
    }
    List<JsonObject> runs = JsonObject.parse(answer.body()).objects("runs");
    switch (format) {
      case JSON -> runs.forEach(run -> terminal.out().print(Json.write(run.fields()) + "\n"));
      case TABLE -> table(terminal.out(), runs);
    }
    return ExitCode.OK;
  }

  private String refusal(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 401, 403 -> url + " wants a token: set LYASCOPE_AUTH_VIEWER_TOKEN";
      default -> url + " answers with status " + answer.statusCode();
    };
  }

  private static void table(PrintStream out, List<JsonObject> runs) throws JsonException {
    out.printf(ROW, "RUN", "STATE", "STEP", "PROGRESS", "LARGEST", "TRAIN LOSS", "VAL LOSS");
    for (JsonObject run : runs) {
      OptionalDouble progress = run.number("progress");
      out.printf(
          ROW,
          Printable.text(run.requiredString("run")),
          run.string("state").orElse("-"),
          run.integer("step").isPresent() ? run.integer("step").getAsLong() : "-",
          progress.isPresent() ? Math.round(100 * progress.getAsDouble()) + " %" : "-",
          number(run.number("exponent_max")),
          number(run.number("train_loss")),
          number(run.number("val_loss")));
    }
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? String.format(Locale.ROOT, "%.4g", number.getAsDouble()) : "-";
  }
}
