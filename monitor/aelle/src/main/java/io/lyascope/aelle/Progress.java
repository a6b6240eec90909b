package io.lyascope.aelle;

/** Hears how far a long computation is. */
@FunctionalInterface
public interface Progress {

  /** For those who do not want to know. */
  Progress SILENT = (_, _, _) -> {};

  /**
   * A part is done.
   *
   * @param what is being done
   * @param done parts
   * @param all parts
   */
  void at(String what, int done, int all);
}
