package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicAdminIT {
  private final Cluster used = BrokerFixture.freshCluster();

  @Test
  void whatExistsIsLeftAlone() {
    assertEquals(new TopicAdmin.Report(List.of(), List.of()), TopicAdmin.ensure(used, 9));
    assertEquals(new TopicAdmin.Report(List.of(), List.of()), TopicAdmin.check(used));
  }

  @Test
  void aTopicOfTheWrongKindIsPointedOut() throws Exception {
    var other =
        new Cluster(new Topics(used.topics().prefix() + "x"), used.common(), Map.of(), Map.of());
    try (var admin = Admin.create(other.adminSettings())) {
      admin.createTopics(List.of(new NewTopic(other.topics().runs(), 2, (short) 1))).all().get();
      List<String> warnings = TopicAdmin.check(other).warnings();
      while (warnings.contains("topic " + other.topics().runs() + " does not exist")) {
        warnings = TopicAdmin.check(other).warnings();
      }
      assertEquals(7, warnings.stream().filter(text -> text.endsWith("does not exist")).count());
      TopicAdmin.Report report = TopicAdmin.ensure(other, 6);
      assertEquals(7, report.created().size());
      assertTrue(report.warnings().getFirst().contains("cleanup.policy delete instead of compact"));
      // The number that is there already is taken over, because all must have the same.
      var described = admin.describeTopics(List.of(other.topics().snapshots()));
      assertEquals(
          2, described.allTopicNames().get().get(other.topics().snapshots()).partitions().size());
    }
  }

  @Test
  void policiesAreThoseOfTheContract() throws Exception {
    try (var admin = Admin.create(used.adminSettings())) {
      assertEquals("compact", setting(admin, used.topics().probes(), "cleanup.policy"));
      assertEquals("21600000", setting(admin, used.topics().snapshots(), "retention.ms"));
      assertEquals("1048588", setting(admin, used.topics().snapshots(), "max.message.bytes"));
    }
  }

  private static String setting(Admin admin, String topic, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
  }
}
