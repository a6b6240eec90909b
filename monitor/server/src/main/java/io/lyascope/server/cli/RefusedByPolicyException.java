package io.lyascope.server.cli;

/** Somebody who is entitled to said no; the message says who and why. */
final class RefusedByPolicyException extends Exception {
  RefusedByPolicyException(String message) {
    super(message);
  }
}
