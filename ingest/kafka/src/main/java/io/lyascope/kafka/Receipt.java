package io.lyascope.kafka;

/** What the one who got a file says about it in the end. Any thread; only the first word counts. */
public interface Receipt {
  /** The results are out: the records behind the file need not come again. */
  void done();

  /** It is not what its topic holds: the records behind it become dead letters. */
  void reject(DeadLetterReason reason, String message);
}
