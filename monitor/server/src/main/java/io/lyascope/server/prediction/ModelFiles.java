package io.lyascope.server.prediction;

import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Predictors;
import io.lyascope.snapshot.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads predictors from files, or those that come with this version. */
public final class ModelFiles {

  /** In a list of files: the predictors that come with this version. */
  public static final String BUNDLED = "bundled";

  /** Their folder on the class path; {@code index.txt} in it names them, one a line. */
  private static final String FOLDER = "/lyascope/predictors/";

  /** A predictor is a few hundred kilobytes. */
  private static final long MOST_BYTES = 256L << 20;

  private ModelFiles() {}

  /**
   * Loads predictors in this order.
   *
   * @param sources files, or {@link #BUNDLED}
   * @throws RefusedException naming the file and what is wrong with it
   */
  public static Predictors load(List<String> sources) {
    List<Predictor> loaded = new ArrayList<>();
    for (String source : sources) {
      if (source.equals(BUNDLED)) {
        loaded.addAll(bundled().all());
      } else {
        loaded.add(file(source));
      }
    }
    return new Predictors(loaded);
  }

  /** The predictors that come with this version; it may have none. */
  public static Predictors bundled() {
    try (InputStream index = ModelFiles.class.getResourceAsStream(FOLDER + "index.txt")) {
      if (index == null) {
        return Predictors.NONE;
      }
      List<Predictor> loaded = new ArrayList<>();
      String names = new String(index.readAllBytes(), StandardCharsets.UTF_8);
      for (String name : names.lines().filter(line -> !line.isBlank()).toList()) {
        loaded.add(resource(name.strip()));
      }
      return new Predictors(loaded);
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled predictors cannot be read", e);
    }
  }

  private static Predictor resource(String name) throws IOException {
    try (InputStream file = ModelFiles.class.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new IOException("there is no " + FOLDER + name);
      }
      return Predictor.read(file.readAllBytes());
    }
  }

  private static Predictor file(String source) {
    Path file = Path.of(source);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw refused(source, "is no predictor: it has " + Files.size(file) + " bytes");
      }
      return Predictor.load(file);
    } catch (NoSuchFileException e) {
      throw refused(source, "there is no such file");
    } catch (IOException e) {
      throw refused(source, "cannot be read: " + e.getMessage());
    } catch (RefusedException e) {
      throw refused(source, "is no predictor: " + e.getMessage());
    }
  }

  private static RefusedException refused(String source, String why) {
    return new RefusedException(RefusedException.Kind.MALFORMED, "predictor", source + ": " + why);
  }
}
