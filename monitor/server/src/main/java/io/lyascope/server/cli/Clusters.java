package io.lyascope.server.cli;

import io.lyascope.kafka.Cluster;
import io.lyascope.server.config.Config;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Reaches the configured cluster, or says soon that it cannot. */
final class Clusters {

  /** A client tries for ever; somebody at a terminal wants to know. */
  private static final int PATIENCE_SECONDS = 10;

  private Clusters() {}

  /**
   * The cluster, after it has answered once.
   *
   * @throws UnreachableException naming the address
   */
  static Cluster reach(Config config) throws UnreachableException, InterruptedException {
    Cluster cluster = config.kafka().cluster();
    Map<String, Object> settings = new HashMap<>(cluster.adminSettings());
    settings.put("request.timeout.ms", 1_000 * PATIENCE_SECONDS / 2);
    settings.put("default.api.timeout.ms", 1_000 * PATIENCE_SECONDS);
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return cluster;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      Throwable cause = e instanceof KafkaException && e.getCause() != null ? e.getCause() : e;
      throw new UnreachableException(
          "no Kafka broker answers at %s (%s)"
              .formatted(config.kafka().bootstrapServers(), cause.getMessage()));
    }
  }
}
