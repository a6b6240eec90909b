package io.lyascope.server.cli;

/** A server that a command cannot do without does not answer. */
final class UnreachableException extends Exception {
  UnreachableException(String message) {
    super(message);
  }
}
