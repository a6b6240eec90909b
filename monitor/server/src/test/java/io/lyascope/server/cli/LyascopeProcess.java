package io.lyascope.server.cli;

import io.lyascope.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A long-running command as a process of its own, with this JVM's class path. */
final class LyascopeProcess implements AutoCloseable {

  private final Process process;
  private final Path folder;
  private final BufferedReader out;

  /** Starts the command; its temporary files and its stderr go into {@code folder}. */
  LyascopeProcess(Path folder, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    this.folder = folder;
    this.process =
        new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile()).start();
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Waits until it says where its page is. */
  URI page() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("Page ")) {
        return URI.create(line.substring("Page ".length()).strip());
      }
    }
    throw new IOException("it ended without a page: " + errors());
  }

  /** What the page answers at a path. */
  static HttpResponse<String> get(URI page, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(page.resolve(path)).build(), BodyHandlers.ofString());
    }
  }

  /** Asks it to end, as Ctrl-C does, and waits for its exit code. */
  int end() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** Waits until it ends by itself; returns its exit code. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** Everything it has said to people. */
  String errors() throws IOException {
    return Files.readString(folder.resolve("stderr"));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
