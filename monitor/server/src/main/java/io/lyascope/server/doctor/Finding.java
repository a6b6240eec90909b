package io.lyascope.server.doctor;

/** What one check found. */
public sealed interface Finding {

  /** What was looked at, in a word or two. */
  String subject();

  /** What was found. */
  String found();

  /** Nothing to do. */
  record Fine(String subject, String found) implements Finding {}

  /** It works, but not as it should. */
  record Doubtful(String subject, String found, String remedy) implements Finding {}

  /** It does not work. */
  record Broken(String subject, String found, String remedy) implements Finding {}

  /** The Kafka cluster does not answer, so that much else cannot be looked at. */
  record Unreachable(String subject, String found, String remedy) implements Finding {}
}
