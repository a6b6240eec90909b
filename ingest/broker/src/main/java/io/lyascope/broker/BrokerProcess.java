package io.lyascope.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a child JVM with this JVM's class path, which may be killed and started again on the
 * same directory and ports. Not thread-safe.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path directory;
  private final Path errors;
  private Process process;
  private Ports ports;

  private BrokerProcess(Path directory) {
    this.directory = directory.toAbsolutePath();
    this.errors = this.directory.resolve("broker.log");
  }

  /** Starts on free ports; returns when clients can connect. */
  public static BrokerProcess start(Path directory) {
    var broker = new BrokerProcess(directory);
    broker.launch(List.of());
    return broker;
  }

  /** Starts on the given ports; returns when clients can connect. */
  public static BrokerProcess start(Path directory, Ports ports) {
    var broker = new BrokerProcess(directory);
    broker.launch(arguments(ports));
    return broker;
  }

  /** What clients take as {@code bootstrap.servers}; the same after a restart. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.broker();
  }

  /** The ports it listens on. */
  public Ports ports() {
    return ports;
  }

  /** The child's process id, a new one after each restart. */
  public long pid() {
    return process.pid();
  }

  /**
   * Ends the child without a chance to say goodbye ({@code kill -9}) and waits until it is gone.
   */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts again on the same directory and ports after {@link #kill()} or {@link #stop()}. */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("the broker " + pid() + " still runs");
    }
    launch(arguments(ports));
  }

  /** Lets the child end in order: it flushes its logs and gives up its seat. */
  public void stop() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (IOException e) {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void launch(List<String> portArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BrokerMain.class.getName(), directory.toString()));
    command.addAll(portArguments);
    try {
      Files.createDirectories(directory);
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
              .start();
      ports = awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's process could not be started", e);
    }
  }

  private static List<String> arguments(Ports ports) {
    return List.of(Integer.toString(ports.broker()), Integer.toString(ports.controller()));
  }

  private Ports awaitReady() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(BrokerMain.READY)) {
        // Nothing of ours follows; a chatty library must not block on a full pipe all the same.
        Thread.ofVirtual().start(() -> drain(out));
        String[] parts = line.split(" ", -1);
        return new Ports(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      }
    }
    kill();
    throw new IllegalStateException("the broker ended before it was ready, see " + errors);
  }

  private static void drain(BufferedReader out) {
    try (out) {
      out.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The pipe of a killed process: there is nothing left to read.
    }
  }
}
