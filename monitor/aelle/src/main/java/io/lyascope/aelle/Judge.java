package io.lyascope.aelle;

/** Whatever gives a run a score: the larger, the worse. */
interface Judge {

  double score(Evidence evidence);

  /** How it did on runs that it had not learnt from, as far as it has to learn. */
  Practice practice();

  /** What its scores mean. */
  Calibration calibration();
}
