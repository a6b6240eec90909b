package io.lyascope.server.runs;

import io.lyascope.snapshot.ScalarsDocument.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells a run's state from its signs of life. Times are the monitor's own, since the clocks of
 * training machines are not trusted; only of what happened while it was away it believes them.
 */
final class Pulse {

  /** Clients send a heartbeat at least every 10 s: six missed ones are no accident. */
  static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(60);

  /** How long silence is believed of a run whose rhythm is not known yet. */
  static final Duration FIRST_LIMIT = Duration.ofMinutes(10);

  /** How long an evaluation, or saving or loading, may take before it counts as a stall. */
  static final Duration PAUSE_LIMIT = Duration.ofMinutes(30);

  /** However fast a run's steps are, it is not called stalled before this. */
  static final Duration SHORTEST_STALL = Duration.ofSeconds(30);

  private static final int STALL_STEPS = 10;
  private static final int LOST_SNAPSHOTS = 3;

  private final Instant known;
  private Optional<Instant> lastSign = Optional.empty();
  private Optional<RunState> end = Optional.empty();
  private Optional<Instant> lastAdvance = Optional.empty();
  private Intervals advances = new Intervals();
  private Intervals signs = new Intervals();
  private boolean heartbeats;
  private Phase phase = Phase.TRAIN;
  private long step = -1;

  /**
   * @param known when the monitor first heard of the run
   */
  Pulse(Instant known) {
    this.known = known;
  }

  /** A scalars document came, with or without values. */
  void heartbeat(long step, Phase phase, Instant at) {
    if (phase != this.phase) {
      this.phase = phase;
      lastAdvance = latest(lastAdvance, at);
    }
    heartbeats = true;
    sign(step, at);
  }

  /** A snapshot came, or is known to have come at that time. */
  void sign(long step, Instant at) {
    if (lastSign.isPresent()) {
      signs.add(Duration.between(lastSign.get(), at));
    }
    lastSign = latest(lastSign, at);
    if (step > this.step) {
      lastAdvance.ifPresent(before -> advances.add(Duration.between(before, at)));
      this.step = step;
      lastAdvance = latest(lastAdvance, at);
    }
  }

  /** The run was started again: its old rhythm and end say nothing any more. */
  void restarted() {
    end = Optional.empty();
    advances = new Intervals();
    signs = new Intervals();
    phase = Phase.TRAIN;
    step = -1;
    lastAdvance = Optional.empty();
  }

  /** The run said that it is over, or, if empty, that it goes on. */
  void declared(Optional<RunState> end) {
    this.end = end;
  }

  Optional<Instant> lastSign() {
    return lastSign;
  }

  RunState at(Instant now) {
    if (end.isPresent()) {
      return end.get();
    }
    if (now.isAfter(lastSign.orElse(known).plus(silenceLimit()))) {
      return RunState.LOST;
    }
    if (lastSign.isEmpty()) {
      return RunState.WAITING;
    }
    return now.isAfter(lastAdvance.orElse(known).plus(stallLimit()))
        ? RunState.STALLED
        : RunState.RUNNING;
  }

  private Duration silenceLimit() {
    return heartbeats
        ? HEARTBEAT_LIMIT
        : signs
            .typical()
            .map(interval -> longer(HEARTBEAT_LIMIT, interval.multipliedBy(LOST_SNAPSHOTS)))
            .orElse(FIRST_LIMIT);
  }

  private Duration stallLimit() {
    return switch (phase) {
      case TRAIN ->
          advances
              .typical()
              .map(interval -> longer(SHORTEST_STALL, interval.multipliedBy(STALL_STEPS)))
              .orElse(FIRST_LIMIT);
      case EVAL, SAVE, LOAD -> PAUSE_LIMIT;
    };
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Optional<Instant> latest(Optional<Instant> before, Instant at) {
    return before.filter(at::isBefore).or(() -> Optional.of(at));
  }
}
