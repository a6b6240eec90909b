package io.lyascope.server.http;

import java.util.Optional;

/** How much of a topic one client has been told. */
final class Subscription {

  private static final long NOTHING = -1;

  private final Topic topic;
  private long told;

  /**
   * @param since the last number that the client knows
   */
  Subscription(Topic topic, Optional<Long> since) {
    this.topic = topic;
    this.told = since.filter(seq -> seq >= 0 && seq <= topic.seq()).orElse(NOTHING);
  }

  /** What the client should be told next. */
  sealed interface Next {
    /** There is nothing new. */
    record UpToDate() implements Next {}

    /**
     * One frame for the client.
     *
     * @param missed changes that the client is not told one by one
     */
    record Frame(String text, long missed) implements Next {}
  }

  /** The next change, or a snapshot for a client that knows nothing or is too far behind. */
  Next next() {
    if (told == topic.seq()) {
      return new Next.UpToDate();
    }
    Optional<String> delta = told == NOTHING ? Optional.empty() : topic.after(told);
    if (delta.isPresent()) {
      told++;
      return new Next.Frame(delta.get(), 0);
    }
    long missed = told == NOTHING ? 0 : topic.seq() - told;
    told = topic.seq();
    return new Next.Frame(topic.snapshot(), missed);
  }
}
