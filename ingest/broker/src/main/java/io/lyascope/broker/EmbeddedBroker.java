package io.lyascope.broker;

import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker inside this JVM, on loopback only. Started again on the same directory and
 * ports it finds everything it had.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final KafkaRaftServer server;
  private final Ports ports;

  private EmbeddedBroker(KafkaRaftServer server, Ports ports) {
    this.server = server;
    this.ports = ports;
  }

  /** Starts on free ports; returns when clients can connect. */
  public static EmbeddedBroker start(Path directory) {
    return start(directory, Ports.free());
  }

  /**
   * Starts on the given ports; returns when clients can connect.
   *
   * @param directory made if missing, formatted if empty, kept after the end
   * @throws RuntimeException if the directory cannot be used or a port is taken
   */
  public static EmbeddedBroker start(Path directory, Ports ports) {
    Properties config = BrokerConfig.of(Storage.logs(directory), ports);
    Storage.format(directory, config);
    var server = new KafkaRaftServer(KafkaConfig.fromProps(config, false), Time.SYSTEM);
    server.startup();
    log.info("Broker listens on 127.0.0.1:{}, its data is in {}", ports.broker(), directory);
    return new EmbeddedBroker(server, ports);
  }

  /** What clients take as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.broker();
  }

  /** The ports it listens on. */
  public Ports ports() {
    return ports;
  }

  /** Stops and waits until everything is on disk. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
