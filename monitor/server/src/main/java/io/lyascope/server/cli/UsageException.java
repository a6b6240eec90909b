package io.lyascope.server.cli;

/** Arguments that make no command; the message says which and what was wanted. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
