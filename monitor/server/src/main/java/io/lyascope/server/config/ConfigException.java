package io.lyascope.server.config;

/** A configuration that cannot be used; the message names the key, where it was set and why. */
public final class ConfigException extends RuntimeException {
  public ConfigException(String message) {
    super(message);
  }
}
