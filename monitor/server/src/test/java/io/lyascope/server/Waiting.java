package io.lyascope.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions. */
public final class Waiting {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Waiting() {}

  /** Returns when the condition holds, or fails with what was seen last. */
  public static void until(String what, BooleanSupplier condition, Supplier<String> seen) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what + "; " + seen.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
