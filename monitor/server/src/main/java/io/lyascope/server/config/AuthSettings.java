package io.lyascope.server.config;

import java.util.Optional;

/**
 * The tokens of those who may look and of those who may command.
 *
 * @param viewerToken empty: looking wants no token
 * @param operatorToken empty: nobody may command
 */
public record AuthSettings(Optional<String> viewerToken, Optional<String> operatorToken) {

  /** Says which tokens are set, never what they are. */
  @Override
  public String toString() {
    return "AuthSettings[viewer "
        + (viewerToken.isPresent() ? "set" : "unset")
        + ", operator "
        + (operatorToken.isPresent() ? "set" : "unset")
        + "]";
  }
}
