package io.lyascope.server.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FactBusTest {

  private final Vertx vertx = Vertx.vertx();
  private final FactBus bus = new FactBus(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void everySubscriberGetsEveryFactInOrderAndByReference() throws InterruptedException {
    List<BlockingQueue<Fact>> subscribers =
        List.of(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    subscribers.forEach(queue -> bus.subscribe(queue::add));

    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      facts.add(new Fact.RunRemoved("run " + i));
    }
    facts.forEach(bus::publish);

    for (BlockingQueue<Fact> queue : subscribers) {
      for (Fact fact : facts) {
        assertSame(fact, queue.take());
      }
      assertEquals(0, queue.size());
    }
  }
}
