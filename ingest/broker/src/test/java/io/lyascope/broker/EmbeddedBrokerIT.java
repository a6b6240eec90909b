package io.lyascope.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @Test
  void aBrokerKeepsItsRecordsAcrossARestartAndLeavesTheMessageSizeAlone(@TempDir Path directory)
      throws Exception {
    Ports ports;
    try (var broker = EmbeddedBroker.start(directory)) {
      ports = broker.ports();
      try (var admin = Clients.admin(broker.bootstrapServers())) {
        admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
        assertEquals("1048588", Clients.brokerSetting(admin, "message.max.bytes"));
      }
      Clients.send(broker.bootstrapServers(), "t", "before");
    }
    try (var broker = EmbeddedBroker.start(directory, ports)) {
      assertEquals(ports, broker.ports());
      Clients.send(broker.bootstrapServers(), "t", "after");
      assertEquals(List.of("before", "after"), Clients.read(broker.bootstrapServers(), "t", 2));
    }
  }

  @Test
  void aKilledProcessComesBackOnTheSamePortWithWhatWasAcknowledged(@TempDir Path directory)
      throws Exception {
    try (var broker = BrokerProcess.start(directory)) {
      String servers = broker.bootstrapServers();
      try (var admin = Clients.admin(servers)) {
        admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
      }
      Clients.send(servers, "t", "before");
      assertThrows(IllegalStateException.class, broker::restart);
      long pid = broker.pid();
      broker.kill();
      assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
      broker.restart();
      assertEquals(servers, broker.bootstrapServers());
      Clients.send(servers, "t", "after");
      assertEquals(List.of("before", "after"), Clients.read(servers, "t", 2));
    }
  }
}
