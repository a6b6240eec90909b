package io.lyascope.server.config;

/** What happens to an unread snapshot when a newer one of the same run arrives. */
public enum UnreadPolicy {
  /**
   * The newer one replaces it. The monitor keeps up with training, however slow a measurement is.
   */
  NEWEST,
  /**
   * Both are measured, in the order of arrival, and no step is too old. For replays, where the
   * sender can wait; memory is bounded by the bytes in flight.
   */
  ALL
}
