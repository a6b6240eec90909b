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

  /** The same snapshot is measured, being measured or unread already. */
  record Duplicate() implements Offer {}

  /** The run is past this step. */
  record Stale() implements Offer {}
}
