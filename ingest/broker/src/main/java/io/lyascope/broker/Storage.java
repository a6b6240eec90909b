package io.lyascope.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The broker's directory on disk, formatted once and kept from then on. */
final class Storage {
  private Storage() {}

  static Path logs(Path directory) {
    return directory.toAbsolutePath().resolve("log");
  }

  static void format(Path directory, Properties config) {
    if (Files.exists(logs(directory).resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(logs(directory));
      Path file = directory.resolve("broker.properties");
      try (var out = Files.newOutputStream(file)) {
        config.store(out, null);
      }
      run(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the broker's directory " + directory, e);
    }
  }

  private static void run(Path file) {
    // The tool talks to its stream, which is nobody's business unless it fails.
    var said = new ByteArrayOutputStream();
    var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    String[] arguments = {
      "format", "-c", file.toString(), "-t", Uuid.randomUuid().toString(), "--standalone"
    };
    int status = StorageTool.execute(arguments, stream);
    if (status != 0) {
      throw new IllegalStateException(
          "formatting the broker's directory failed: " + said.toString(StandardCharsets.UTF_8));
    }
  }
}
