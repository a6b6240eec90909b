package io.lyascope.server.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * How much unread work of one run is kept. What can be worked off soon is kept, so that a burst (a
 * broker or a monitor that was away, a sender that hurries) costs no step its reading; beyond that
 * newer snapshots replace older ones, so that the monitor keeps up with training however slow its
 * measurements are.
 *
 * @param time how far the readings of a run may fall behind its snapshots
 * @param count how many snapshots are kept while it is not known how long one takes
 * @param bytes how much memory they may hold together
 */
public record Patience(Duration time, int count, long bytes) {

  /** So much work, 32 snapshots before the first is measured, and 32 MiB. */
  public static Patience of(Duration time) {
    return new Patience(time, 32, 32L << 20);
  }

  /**
   * Whether these snapshots may all wait.
   *
   * @param pace how long the run's last measurement took, if there was one
   */
  boolean suffices(Collection<Arrival> unread, Optional<Duration> pace) {
    long total = unread.stream().mapToLong(arrival -> arrival.file().bytes().length).sum();
    boolean soon =
        pace.map(each -> each.multipliedBy(unread.size()).compareTo(time) <= 0)
            .orElse(unread.size() <= count);
    return soon && total <= bytes;
  }
}
