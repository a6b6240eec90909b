package io.lyascope.server.config;

import java.nio.file.Path;

/** Where the value of a key comes from; later ones win over earlier ones. */
sealed interface Origin {

  /** Nobody said anything. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** A YAML file. */
  record File(Path path) implements Origin {
    @Override
    public String toString() {
      return "file " + path;
    }
  }

  /** An environment variable. */
  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment " + variable;
    }
  }

  /** The command line. */
  record Flag(String key) implements Origin {
    @Override
    public String toString() {
      return "flag --" + key;
    }
  }
}
