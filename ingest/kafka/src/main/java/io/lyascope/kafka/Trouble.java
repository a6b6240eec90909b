package io.lyascope.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures in a row: the first is told at once, the others are counted until it is over. */
final class Trouble {
  private static final Logger log = LoggerFactory.getLogger(Trouble.class);

  private final String what;
  private long failures;

  Trouble(String what) {
    this.what = what;
  }

  synchronized void failed(Exception failure) {
    if (failures++ == 0) {
      log.warn("{} failed and is tried again: {}", what, failure.toString());
    } else {
      log.debug("{} failed again", what, failure);
    }
  }

  synchronized void succeeded() {
    if (failures > 0) {
      log.info("{} works again after {} failures", what, failures);
      failures = 0;
    }
  }
}
