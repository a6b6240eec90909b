package io.lyascope.aelle;

/** Whatever gives a run a score: the larger, the worse. */
interface Judge {

  double score(Evidence evidence);

  Calibration calibration();
}
