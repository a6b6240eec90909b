package io.lyascope.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recordings that ship with the program. */
public final class Recordings {

  private Recordings() {}

  /**
   * Those of the program that runs; its launcher says where it lies.
   *
   * @throws IOException if there is none
   */
  public static List<Path> shipped() throws IOException {
    return in(Path.of(System.getProperty("lyascope.home", ".")));
  }

  /**
   * The shipped recordings by name.
   *
   * @param home the folder of the launcher
   * @throws IOException if there is none
   */
  static List<Path> in(Path home) throws IOException {
    Path folder = home.resolve("ingest").resolve("recordings");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> zips = files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
        if (!zips.isEmpty()) {
          return zips;
        }
      }
    }
    throw new IOException("there are no recordings in " + folder);
  }
}
