package io.lyascope.kafka;

/** The two kinds of file that travel in chunks; they differ in their type and their keys. */
enum FileKind {
  SNAPSHOT("io.lyascope.snapshot.v1"),
  PROBE("io.lyascope.probe.v1");

  private final String type;

  FileKind(String type) {
    this.type = type;
  }

  /** The CloudEvents type. */
  String type() {
    return type;
  }
}
