package io.lyascope.aelle;

/** Where an input of a prediction comes from. */
enum Source {
  /** Principal components of the spectrum, and how many exponents are dead. */
  SPECTRUM,
  /** The largest exponent alone. */
  MAX,
  /** The mean of the clamped exponents alone. */
  MEAN,
  /** The first principal component of the clamped exponents, as they are. */
  FIRST,
  /** The cell and its size. */
  ARCHITECTURE,
  /** The metric itself, as it is so far. */
  LOSS,
  /** All the other scalars. */
  SCALARS,
  /** Hyper-parameters. */
  CONFIG
}
