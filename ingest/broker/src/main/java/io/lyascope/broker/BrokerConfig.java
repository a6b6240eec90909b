package io.lyascope.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * The properties of a single node that is broker and controller at once. Sizes of messages are left
 * at Kafka's defaults on purpose: what passes here passes any cluster.
 */
final class BrokerConfig {
  private BrokerConfig() {}

  private static final List<String> ONE_IS_ENOUGH =
      List.of(
          "offsets.topic.replication.factor",
          "offsets.topic.num.partitions",
          "transaction.state.log.replication.factor",
          "transaction.state.log.min.isr",
          "transaction.state.log.num.partitions",
          "share.coordinator.state.topic.replication.factor",
          "share.coordinator.state.topic.min.isr",
          "share.coordinator.state.topic.num.partitions");

  static Properties of(Path logs, Ports ports) {
    var p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(ports.broker(), ports.controller()));
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.broker());
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.listener.names", "CONTROLLER");
    p.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + ports.controller());
    p.put("log.dirs", logs.toString());
    ONE_IS_ENOUGH.forEach(key -> p.put(key, "1"));
    p.put("auto.create.topics.enable", "false");
    p.put("group.initial.rebalance.delay.ms", "0");
    // A killed broker must wait for its own old session to end before it may serve again.
    p.put("broker.session.timeout.ms", "3000");
    p.put("broker.heartbeat.interval.ms", "1000");
    // The default takes 128 MiB of heap for the cleaner alone.
    p.put("log.cleaner.dedupe.buffer.size", "8388608");
    return p;
  }
}
