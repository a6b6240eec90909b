package io.lyascope.dynamics;

import jdk.incubator.vector.DoubleVector;

/** The part of a product whose sums stay in a processor's vector registers. */
enum Tile {
  /** For 32 registers of 512 bits: six rows by four vectors, or by two in single precision. */
  WIDE(6, 32, 32),
  /** For 16 registers of 256 bits: four rows by two vectors. Shorter ones do a part at a time. */
  NARROW(4, 8, 16);

  /** That of this processor. */
  static final Tile HERE = ofProcessor();

  final int rows;
  final int columns;

  /** Columns in single precision. */
  final int singles;

  Tile(int rows, int columns, int singles) {
    this.rows = rows;
    this.columns = columns;
    this.singles = singles;
  }

  private static Tile ofProcessor() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors && DoubleVector.SPECIES_PREFERRED.length() > 4 ? WIDE : NARROW;
  }
}
