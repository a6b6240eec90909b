package io.lyascope.snapshot;

/** Every way in which the bytes of a tensor file can break the format. */
public enum Malformation {
  FILE_TOO_LARGE,
  HEADER_LENGTH_MISSING,
  HEADER_TOO_LARGE,
  HEADER_TRUNCATED,
  HEADER_NOT_UTF8,
  HEADER_NOT_JSON,
  METADATA_NOT_STRINGS,
  TENSOR_INCOMPLETE,
  TENSOR_DUPLICATE,
  SHAPE_INVALID,
  SHAPE_OVERFLOW,
  OFFSETS_INVALID,
  OFFSETS_OUT_OF_BOUNDS,
  OFFSETS_OVERLAP,
  OFFSETS_HOLE,
  SIZE_MISMATCH,
  TENSOR_TOO_LARGE,
  TRAILING_BYTES,
  /** A sound tensor file whose metadata is not that of a snapshot. */
  ENVELOPE
}
