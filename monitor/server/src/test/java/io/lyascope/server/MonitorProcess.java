package io.lyascope.server;

import io.lyascope.server.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A monitor in a child JVM, to be killed. */
final class MonitorProcess implements AutoCloseable {

  private final Process process;

  private MonitorProcess(Process process) {
    this.process = process;
  }

  static MonitorProcess start(Map<String, String> keys) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MonitorProcess.class.getName());
    keys.forEach((key, value) -> command.add(key + "=" + value));
    try {
      return new MonitorProcess(new ProcessBuilder(command).inheritIO().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The child itself. */
  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> keys = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      keys.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    try (Monitor _ = Monitor.start(Config.of(keys))) {
      new CountDownLatch(1).await();
    }
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
