package io.lyascope.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plain clients that know nothing of ours. */
final class Clients {
  private Clients() {}

  static Admin admin(String servers) {
    return Admin.create(Map.of("bootstrap.servers", servers));
  }

  static String brokerSetting(Admin admin, String name) throws Exception {
    var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    return admin.describeConfigs(List.of(broker)).all().get().get(broker).get(name).value();
  }

  static void send(String servers, String topic, String text) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<byte[], byte[]>(topic, 0, null, value)).get();
    }
  }

  static List<String> read(String servers, String topic, int count) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      List<String> texts = new ArrayList<>();
      while (texts.size() < count) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          texts.add(new String(record.value(), StandardCharsets.UTF_8));
        }
      }
      return texts;
    }
  }
}
