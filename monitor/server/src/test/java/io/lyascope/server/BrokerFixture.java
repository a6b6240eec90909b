package io.lyascope.server;

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
public final class BrokerFixture {

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

  /** Configuration keys of the broker, with topics that nobody has used and any free port. */
  public static Map<String, String> keys() {
    return keys(Holder.BROKER.bootstrapServers());
  }

  /** The same for another broker. */
  public static Map<String, String> keys(String bootstrapServers) {
    return Map.of(
        "kafka.bootstrap.servers",
        bootstrapServers,
        "kafka.topic.prefix",
        "t" + COUNT.incrementAndGet(),
        "kafka.topic.partitions",
        "3",
        "analysis.workers",
        "2",
        "http.port",
        "0");
  }
}
