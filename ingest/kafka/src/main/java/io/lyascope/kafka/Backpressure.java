package io.lyascope.kafka;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Stops reading while too many bytes are in flight, and goes on below half of that. Only the
 * partitions pause: the consumer keeps polling and so keeps its seat in the group.
 */
final class Backpressure {
  private final AtomicLong inFlight = new AtomicLong();
  private final long most;
  private boolean paused;

  Backpressure(long most) {
    this.most = most;
  }

  /** Bytes were handed on. Any thread. */
  void took(long bytes) {
    inFlight.addAndGet(bytes);
  }

  /** Bytes were finished. Any thread. */
  void gave(long bytes) {
    inFlight.addAndGet(-bytes);
  }

  long inFlight() {
    return inFlight.get();
  }

  /** Decides anew; to be called by the consumer's thread. */
  void apply(Consumer<?, ?> consumer) {
    boolean wasPaused = paused;
    paused = inFlight.get() > (wasPaused ? most / 2 : most);
    if (paused) {
      consumer.pause(consumer.assignment());
    } else if (wasPaused) {
      consumer.resume(consumer.paused());
    }
  }

  /** Partitions that come while reading is paused pause as well. */
  void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (paused) {
      consumer.pause(partitions);
    }
  }
}
