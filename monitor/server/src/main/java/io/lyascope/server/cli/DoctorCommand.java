package io.lyascope.server.cli;

import io.lyascope.server.config.Config;
import io.lyascope.server.doctor.Doctor;
import io.lyascope.server.doctor.Finding;
import io.lyascope.server.doctor.Finding.Broken;
import io.lyascope.server.doctor.Finding.Doubtful;
import io.lyascope.server.doctor.Finding.Fine;
import io.lyascope.server.doctor.Finding.Unreachable;
import io.lyascope.snapshot.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints what keeps Lyascope from working here, and what to do about it. */
record DoctorCommand(Optional<Path> configFile, Map<String, String> keys, Format format)
    implements Command {

  static final Usage USAGE =
      new Usage(
          "doctor",
          "[--config FILE]",
          "Say what is wrong with Java, Kafka, topics, sizes, clocks and ports.",
          List.of(Option.CONFIG, Option.JSON),
          Usage.Keys.TAKEN);

  static DoctorCommand of(Arguments arguments) {
    return new DoctorCommand(
        arguments.withoutOperands().value(Option.CONFIG).map(Path::of),
        arguments.keys(),
        Format.of(arguments));
  }

  @Override
  public ExitCode run(Terminal terminal) throws InterruptedException {
    Config config = Config.load(configFile, terminal.environment(), keys);
    ExitCode code = ExitCode.OK;
    for (Finding finding : Doctor.examine(config)) {
      terminal
          .out()
          .println(
              switch (format) {
                case TABLE -> line(finding);
                case JSON -> Json.write(fields(finding));
              });
      code = worse(code, finding);
    }
    return code;
  }

  private static String line(Finding finding) {
    String line = "%-11s %-6s  %s".formatted(state(finding), finding.subject(), finding.found());
    return line + remedy(finding).map(remedy -> "%n%20s%s".formatted("", remedy)).orElse("");
  }

  private static Map<String, Object> fields(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("subject", finding.subject());
    fields.put("state", state(finding));
    fields.put("found", finding.found());
    fields.put("remedy", remedy(finding));
    return fields;
  }

  private static String state(Finding finding) {
    return switch (finding) {
      case Fine _ -> "ok";
      case Doubtful _ -> "doubtful";
      case Broken _ -> "broken";
      case Unreachable _ -> "unreachable";
    };
  }

  private static Optional<String> remedy(Finding finding) {
    return switch (finding) {
      case Fine _ -> Optional.empty();
      case Doubtful doubtful -> Optional.of(doubtful.remedy());
      case Broken broken -> Optional.of(broken.remedy());
      case Unreachable unreachable -> Optional.of(unreachable.remedy());
    };
  }

  private static ExitCode worse(ExitCode code, Finding finding) {
    return switch (finding) {
      case Unreachable _ -> ExitCode.UNREACHABLE;
      case Broken _ -> code == ExitCode.UNREACHABLE ? code : ExitCode.FAILURE;
      case Fine _ -> code;
      case Doubtful _ -> code;
    };
  }
}
