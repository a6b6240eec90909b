package io.lyascope.kafka;

import io.lyascope.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One broker for all integration tests of this JVM; each test has topics of its own. */
final class BrokerFixture {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private BrokerFixture() {}

  private static final class Holder {
    static final EmbeddedBroker BROKER = start();

    private static EmbeddedBroker start() {
      try {
        Path directory = Files.createTempDirectory("lyascope-broker");
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(broker, directory)));
        return broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void end(EmbeddedBroker broker, Path directory) {
      broker.close();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A cluster whose topics and group nobody has used. */
  static Cluster freshCluster() {
    return freshCluster(Holder.BROKER.bootstrapServers());
  }

  static Cluster freshCluster(String bootstrapServers) {
    String prefix = "t" + COUNT.incrementAndGet();
    Cluster plain = Cluster.at(bootstrapServers, new Topics(prefix));
    Cluster cluster =
        new Cluster(
            plain.topics(),
            plain.common(),
            Map.of("group.id", prefix + "-monitor"),
            plain.producer());
    TopicAdmin.ensure(cluster, 3);
    return cluster;
  }
}
