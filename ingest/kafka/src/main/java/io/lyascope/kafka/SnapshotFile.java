package io.lyascope.kafka;

import java.time.Instant;

/**
 * A whole snapshot file. It comes again after a restart or a rebalance unless {@link #done()} or
 * {@link #reject} was called, so the receiver recognises duplicates by run, attempt, step and
 * digest.
 */
public final class SnapshotFile implements Delivery.File {
  private final String run;
  private final int attempt;
  private final long step;
  private final String digest;
  private final byte[] bytes;
  private final Instant published;
  private final Receipt receipt;

  /** Made by the ingest, and by tests of whoever receives it. */
  public SnapshotFile(
      String run,
      int attempt,
      long step,
      String digest,
      byte[] bytes,
      Instant published,
      Receipt receipt) {
    this.run = run;
    this.attempt = attempt;
    this.step = step;
    this.digest = digest;
    this.bytes = bytes;
    this.published = published;
    this.receipt = receipt;
  }

  @Override
  public String run() {
    return run;
  }

  /** As the records say; the file's own metadata may differ, which is the receiver's to judge. */
  public int attempt() {
    return attempt;
  }

  /** As the records say. */
  public long step() {
    return step;
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  /** When the publisher sent the first chunk, by its own clock. */
  public Instant published() {
    return published;
  }

  /** The results are out: lets the consumer group move past this file. */
  public void done() {
    receipt.done();
  }

  @Override
  public void reject(DeadLetterReason reason, String message) {
    receipt.reject(reason, message);
  }

  @Override
  public String toString() {
    return "SnapshotFile[attempt %d, step %d, %s, %d bytes]"
        .formatted(attempt, step, digest, bytes.length);
  }
}
