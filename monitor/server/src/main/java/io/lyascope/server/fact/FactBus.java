package io.lyascope.server.fact;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/** The event-bus address on which all facts travel, within this process and by reference. */
public final class FactBus {

  /** The one address. */
  public static final String ADDRESS = "lyascope.fact";

  private static final String CODEC = "lyascope-fact";
  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true);

  private final Vertx vertx;
  private final Context publisher;

  /** The facts of this Vert.x instance, of which there is one bus only. */
  public FactBus(Vertx vertx) {
    this.vertx = vertx;
    this.publisher = vertx.getOrCreateContext();
    vertx.eventBus().registerCodec(new LocalCodec<Fact>(CODEC));
  }

  /** Tells every subscriber; may be called on any thread and never waits. */
  public void publish(Fact fact) {
    publisher.runOnContext(_ -> vertx.eventBus().publish(ADDRESS, fact, LOCAL));
  }

  /**
   * Hands every later fact to {@code sink}, on the context of the caller, in the order in which
   * they were published.
   */
  public MessageConsumer<Fact> subscribe(Consumer<Fact> sink) {
    return vertx.eventBus().localConsumer(ADDRESS, message -> sink.accept(message.body()));
  }
}
