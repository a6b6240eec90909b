package io.lyascope.server.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The settings of the Kafka clients themselves, which pass through: {@code kafka.X} to every
 * client, {@code kafka.consumer.X} and {@code kafka.producer.X} to one kind. Because the clients
 * know their own names, a misspelt one is found here, and the environment, in which dots and
 * underscores look alike, has only one reading.
 */
final class KafkaNames {

  static final String COMMON = "kafka.";
  static final String CONSUMER = "kafka.consumer.";
  static final String PRODUCER = "kafka.producer.";

  /** What the monitor sets itself because its promises rest on it. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "enable.auto.commit",
          "isolation.level",
          "key.deserializer",
          "value.deserializer",
          "key.serializer",
          "value.serializer",
          "enable.idempotence",
          "acks");

  private KafkaNames() {}

  /** Every key that passes through. */
  static Set<String> all() {
    Set<String> keys = new TreeSet<>();
    Set<String> common = new HashSet<>(AdminClientConfig.configNames());
    common.retainAll(ConsumerConfig.configNames());
    common.retainAll(ProducerConfig.configNames());
    add(keys, COMMON, common);
    add(keys, CONSUMER, ConsumerConfig.configNames());
    add(keys, PRODUCER, ProducerConfig.configNames());
    return keys;
  }

  private static void add(Set<String> keys, String prefix, Set<String> names) {
    names.stream().filter(name -> !OURS.contains(name)).forEach(name -> keys.add(prefix + name));
  }

  /** The key in the environment's spelling, as the configuration file spells it. */
  static Optional<String> ofEnvironment(String variable) {
    return all().stream().filter(key -> Key.environmentVariable(key).equals(variable)).findFirst();
  }

  static Key.Secrecy secrecy(String key) {
    boolean secret =
        List.of("password", "jaas.config", "keystore.key", "secret", "token").stream()
            .anyMatch(key::endsWith);
    return secret ? Key.Secrecy.SECRET : Key.Secrecy.OPEN;
  }
}
