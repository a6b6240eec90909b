package io.lyascope.server.pipeline;

import java.util.List;

/** What a mailbox said to a snapshot. */
sealed interface Offer {

  /**
   * It is unread now.
   *
   * @param superseded the unread snapshots that it replaced, which will not be measured
   */
  record Kept(List<Arrival> superseded) implements Offer {}

  /** The same snapshot is owed a reading already; this delivery is finished with that one. */
  record Joined() implements Offer {}

  /** The same snapshot has its reading. */
  record Duplicate() implements Offer {}

  /** The run is past this step. */
  record Stale() implements Offer {}
}
