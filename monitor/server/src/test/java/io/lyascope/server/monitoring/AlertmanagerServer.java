package io.lyascope.server.monitoring;

import io.lyascope.server.programs.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Alertmanager with the shipped routes, whose receiver is a webhook. */
final class AlertmanagerServer implements AutoCloseable {

  private final Process process;
  private final String address;
  private final Path log;

  private AlertmanagerServer(Process process, String address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  static AlertmanagerServer start(Path folder, String webhook) throws IOException {
    String shipped =
        Files.readString(Programs.ROOT.resolve("grafana/alertmanager/alertmanager.yml"));
    String text =
        shipped
            .replace("group_wait: 30s", "group_wait: 1s")
            .replace(
                "- name: page",
                "- name: page\n    webhook_configs: [{url: '%s', send_resolved: false}]"
                    .formatted(webhook));
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(config, text);
    String address = "127.0.0.1:" + Ports.free();
    List<String> command =
        List.of(
            Programs.find("prometheus-alertmanager").orElseThrow().toString(),
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("alertmanager"),
            "--cluster.listen-address=",
            "--web.listen-address=" + address);
    Path log = folder.resolve("alertmanager.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    return new AlertmanagerServer(process, address, log);
  }

  /** Host and port. */
  String address() {
    return address;
  }

  /** What it has said so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
