package io.lyascope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.server.config.Config;
import io.lyascope.server.programs.NeedsPython;
import io.lyascope.server.programs.Python;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Proves the contract and not only the code: a client in another language, on another Kafka
 * library, written from the contract alone, sends good and bad input to a running monitor.
 */
@NeedsPython({"confluent_kafka", "numpy"})
class ContractIT {

  private static final Path CLIENT =
      Path.of(
          System.getProperty("lyascope.root"), "monitor/server/src/test/python/contract_client.py");

  @Test
  void clientWrittenFromTheContractAloneSeesAllOfIt() throws Exception {
    Map<String, String> keys = new HashMap<>(BrokerFixture.keys());
    keys.put("ingest.chunk.timeout", "3s");
    keys.put("ingest.probe.timeout", "3s");
    try (Monitor monitor = Monitor.start(Config.of(keys))) {
      Process client =
          new ProcessBuilder(
                  Python.having("confluent_kafka", "numpy").orElseThrow(),
                  "-B",
                  CLIENT.toString(),
                  keys.get("kafka.bootstrap.servers"),
                  monitor.url().replaceFirst("/$", ""),
                  keys.get("kafka.topic.prefix"))
              .redirectErrorStream(true)
              .start();
      String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, client.waitFor(), said);
    }
  }
}
