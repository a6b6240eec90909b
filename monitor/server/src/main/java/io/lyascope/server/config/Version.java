package io.lyascope.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this program is.
 *
 * @param version of the project
 * @param revision of the sources, or {@code unknown}
 * @param java the Java runtime's version
 */
public record Version(String version, String revision, String java) {

  /** Of the program that runs. */
  public static Version current() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/lyascope/build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Version(
        build.getProperty("version"), build.getProperty("revision"), Runtime.version().toString());
  }
}
