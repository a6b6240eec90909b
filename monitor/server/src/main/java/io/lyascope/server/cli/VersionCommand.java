package io.lyascope.server.cli;

import io.lyascope.server.config.Version;
import io.lyascope.snapshot.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints what this program is. */
record VersionCommand(Format format) implements Command {

  static final Usage USAGE =
      new Usage(
          "version",
          "[--json]",
          "Print the version of Lyascope and of Java.",
          List.of(Option.JSON),
          Usage.Keys.REFUSED);

  static VersionCommand of(Arguments arguments) {
    return new VersionCommand(Format.of(arguments.withoutOperands()));
  }

  @Override
  public ExitCode run(Terminal terminal) {
    Version version = Version.current();
    terminal
        .out()
        .println(
            switch (format) {
              case TABLE ->
                  "lyascope %s (revision %s, Java %s)"
                      .formatted(version.version(), version.revision(), version.java());
              case JSON -> Json.write(fields(version));
            });
    return ExitCode.OK;
  }

  private static Map<String, Object> fields(Version version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", version.version());
    fields.put("revision", version.revision());
    fields.put("java", version.java());
    return fields;
  }
}
