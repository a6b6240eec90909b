package io.lyascope.server.monitoring;

import io.lyascope.server.programs.Programs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Alertmanager with the shipped routes, whose receiver is a webhook. */
final class AlertmanagerServer implements AutoCloseable {

  private final Process process;
  private final String address;

  private AlertmanagerServer(Process process, String address) {
    this.process = process;
    this.address = address;
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
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("alertmanager.log").toFile()))
            .start();
    return new AlertmanagerServer(process, address);
  }

  /** Host and port. */
  String address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
