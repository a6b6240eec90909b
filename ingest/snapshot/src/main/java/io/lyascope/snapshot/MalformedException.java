package io.lyascope.snapshot;

/** Bytes that break the format: which rule, in which tensor or field, at which offset. */
public final class MalformedException extends RefusedException {

  private final Malformation malformation;
  private final long offset;

  /**
   * @param field the tensor or metadata key at fault, {@code header} for the header itself
   * @param offset where in the file the fault was seen, in bytes
   */
  MalformedException(Malformation malformation, String field, long offset, String message) {
    super(Kind.MALFORMED, field, message + " (" + field + ", at byte " + offset + ")");
    this.malformation = malformation;
    this.offset = offset;
  }

  public Malformation malformation() {
    return malformation;
  }

  public long offset() {
    return offset;
  }
}
