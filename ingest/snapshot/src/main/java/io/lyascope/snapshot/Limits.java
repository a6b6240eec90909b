package io.lyascope.snapshot;

/**
 * How much a reader takes before it refuses, all in bytes.
 *
 * @param header the JSON header of a file
 * @param tensor one tensor
 * @param file the whole file; at most 2 GiB, the largest array
 */
public record Limits(int header, long tensor, long file) {

  /** A header of 1 MiB, tensors and files of 1 GiB. */
  public static final Limits DEFAULT = new Limits(1 << 20, 1L << 30, 1L << 30);

  /** The same, with another limit for the whole file and for each of its tensors. */
  public Limits withFile(long bytes) {
    return new Limits(header, bytes, bytes);
  }
}
