package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private final Cluster cluster =
      new Cluster(
          Topics.DEFAULT,
          Map.of("bootstrap.servers", "b:1", "security.protocol", "SASL_SSL"),
          Map.of("max.poll.records", 7, "enable.auto.commit", true),
          Map.of("linger.ms", 5, "compression.type", "zstd"));

  @Test
  void settingsOfTheUserPassThroughToEveryClient() {
    assertEquals("SASL_SSL", cluster.adminSettings().get("security.protocol"));
    assertEquals("SASL_SSL", cluster.groupSettings().get("security.protocol"));
    assertEquals(7, cluster.groupSettings().get("max.poll.records"));
    assertEquals(5, cluster.producerSettings().get("linger.ms"));
    assertEquals("zstd", cluster.deadLetterSettings().get("compression.type"));
    assertFalse(cluster.adminSettings().containsKey("linger.ms"));
  }

  @Test
  void whatTheContractPromisesIsNotForTheUserToChange() {
    assertEquals(false, cluster.groupSettings().get("enable.auto.commit"));
    assertEquals(false, cluster.readerSettings("r").get("enable.auto.commit"));
    assertEquals("read_committed", cluster.groupSettings().get("isolation.level"));
  }

  @Test
  void theGroupIsThatOfTheContract() {
    assertEquals("lyascope-monitor", cluster.groupSettings().get("group.id"));
    assertFalse(cluster.readerSettings("r").containsKey("group.id"));
  }
}
