package io.lyascope.server.cli;

import io.lyascope.server.config.Config;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Lists the runs that a running monitor knows. */
record RunsCommand(String url, Optional<Path> configFile, Map<String, String> keys, Format format)
    implements Command {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String ROW = "%-32s %-9s %8s %9s %12s %10s %10s%n";

  private static final Option URL =
      new Option("--url", "URL", "the monitor's address, http://127.0.0.1:8080 by default");

  static final Usage USAGE =
      new Usage(
          "runs",
          "[--url URL]",
          "List the runs of a running monitor.",
          List.of(URL, Option.CONFIG, Option.JSON),
          Usage.Keys.TAKEN);

  static RunsCommand of(Arguments arguments) {
    return new RunsCommand(
        arguments.withoutOperands().value(URL).orElse("http://127.0.0.1:8080"),
        arguments.value(Option.CONFIG).map(Path::of),
        arguments.keys(),
        Format.of(arguments));
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    Config config = Config.load(configFile, terminal.environment(), keys);
    HttpResponse<String> answer = ask(config.auth().viewerToken());
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

  private HttpResponse<String> ask(Optional<String> token)
      throws InterruptedException, UnreachableException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      var request = HttpRequest.newBuilder(URI.create(base + "/api/v1/runs")).timeout(PATIENCE);
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--url: " + e.getMessage());
    } catch (IOException e) {
      throw new UnreachableException("no monitor answers at " + url + " (" + e + ")");
    }
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
