package io.lyascope.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** How many clients are connected, and what slow ones miss. */
public final class WebMeters {

  private final AtomicInteger clients = new AtomicInteger();
  private final Counter dropped;

  WebMeters(MeterRegistry registry) {
    Gauge.builder("lyascope_websocket_clients", clients, AtomicInteger::get)
        .description("Connected web-socket clients.")
        .strongReference(true)
        .register(registry);
    dropped =
        Counter.builder("lyascope_websocket_frames_dropped_total")
            .description("Frames that were merged into a later one because a client was too slow.")
            .register(registry);
  }

  public void connected() {
    clients.incrementAndGet();
  }

  public void disconnected() {
    clients.decrementAndGet();
  }

  /** So many frames were not sent on their own to a client that does not keep up. */
  public void framesDropped(long frames) {
    dropped.increment((double) frames);
  }

  public long framesDropped() {
    return (long) dropped.count();
  }
}
