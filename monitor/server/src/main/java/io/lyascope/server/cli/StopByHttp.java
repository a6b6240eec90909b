package io.lyascope.server.cli;

import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.RunCommand;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Through a running monitor, which shows what became of the command. Confined to one thread. */
final class StopByHttp implements StopRoute {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final MonitorClient monitor;
  private Optional<RunCommand> issued = Optional.empty();
  private String told = "issued";

  StopByHttp(MonitorClient monitor) {
    this.monitor = monitor;
  }

  @Override
  public RunCommand issue(String run, Optional<String> reason, Duration wanted) throws Exception {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("reason", reason);
    body.put("by", System.getProperty("user.name"));
    body.put("expires_in", wanted.toSeconds() + "s");
    var answer = monitor.post(MonitorClient.run(run) + "/stop", Json.write(body));
    if (answer.statusCode() != 202) {
      throw refusal(run, answer);
    }
    RunCommand command = (RunCommand) ControlDocument.parse(answer.body());
    issued = Optional.of(command);
    return command;
  }

  private Exception refusal(String run, HttpResponse<String> answer) {
    String detail = detail(answer);
    return switch (answer.statusCode()) {
      case 401 ->
          new RefusedByPolicyException(
              monitor.url() + " wants the operator's token: set LYASCOPE_AUTH_OPERATOR_TOKEN");
      case 403 -> new RefusedByPolicyException(monitor.url() + ": " + detail);
      case 503 -> new UnreachableException(monitor.url() + ": " + detail);
      default -> new IllegalStateException(Printable.text(run) + ": " + detail);
    };
  }

  private static String detail(HttpResponse<String> answer) {
    try {
      return Printable.text(JsonObject.parse(answer.body()).requiredString("detail"));
    } catch (JsonException e) {
      return "status " + answer.statusCode();
    }
  }

  @Override
  public Optional<CommandAck> await(Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    RunCommand command = issued.orElseThrow();
    while (true) {
      Optional<CommandAck> answer = ask(command);
      if (answer.isPresent() || System.nanoTime() > end) {
        return answer;
      }
      Thread.sleep(PAUSE);
    }
  }

  /** What the monitor shows of the command, if that is another state than the last time. */
  private Optional<CommandAck> ask(RunCommand command) throws Exception {
    var answer = monitor.get(MonitorClient.run(command.run()));
    if (answer.statusCode() != 200) {
      throw refusal(command.run(), answer);
    }
    for (JsonObject status : JsonObject.parse(answer.body()).objects("commands")) {
      String state = status.string("state").orElse(told);
      if (status.string("id").equals(Optional.of(command.id())) && !state.equals(told)) {
        told = state;
        return Optional.of(acknowledgement(command, state, status.string("answer")));
      }
    }
    return Optional.empty();
  }

  private static CommandAck acknowledgement(
      RunCommand command, String state, Optional<String> reason) {
    for (CommandAck.State known : CommandAck.State.values()) {
      if (known.label().equals(state)) {
        return answer(command, known, reason);
      }
    }
    // What the monitor has to say where the process says nothing: withdrawn, expired.
    return answer(command, CommandAck.State.REFUSED, Optional.of(state));
  }

  private static CommandAck answer(
      RunCommand command, CommandAck.State state, Optional<String> reason) {
    int attempt = command.attempt().orElse(0);
    return new CommandAck(command.id(), command.run(), attempt, state, reason, Optional.empty());
  }

  @Override
  public void close() {
    // Nothing is held between two requests.
  }
}
