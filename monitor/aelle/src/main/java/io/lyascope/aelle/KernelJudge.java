package io.lyascope.aelle;

/** A kernel model and what its scores mean. */
record KernelJudge(
    Columns columns, KernelTraining.Fitted fitted, Practice practice, Calibration calibration)
    implements Judge {

  @Override
  public double score(Evidence evidence) {
    return fitted.score(columns.encode(evidence));
  }
}
