package io.lyascope.kafka;

import java.time.Instant;

/** A whole probe file, which replaces the run's former one. */
public final class ProbeFile implements Delivery.File {
  private final String run;
  private final String digest;
  private final byte[] bytes;
  private final Instant published;
  private final Receipt receipt;

  /** Made by the ingest, and by tests of whoever receives it. */
  public ProbeFile(String run, String digest, byte[] bytes, Instant published, Receipt receipt) {
    this.run = run;
    this.digest = digest;
    this.bytes = bytes;
    this.published = published;
    this.receipt = receipt;
  }

  @Override
  public String run() {
    return run;
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

  @Override
  public void reject(DeadLetterReason reason, String message) {
    receipt.reject(reason, message);
  }

  @Override
  public String toString() {
    return "ProbeFile[%s, %d bytes]".formatted(digest, bytes.length);
  }
}
