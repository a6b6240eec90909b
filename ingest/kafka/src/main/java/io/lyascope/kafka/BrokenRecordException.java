package io.lyascope.kafka;

/** A record that is not what its topic holds. */
final class BrokenRecordException extends Exception {
  private final DeadLetterReason reason;

  BrokenRecordException(DeadLetterReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  DeadLetterReason reason() {
    return reason;
  }
}
