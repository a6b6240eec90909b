package io.lyascope.aelle;

/**
 * Everything that is trained for one stage.
 *
 * @param cohort the runs of the training
 * @param moment those that were seen at this stage
 */
record StageTraining(Cohort cohort, Cohort.Moment moment, Columns columns, KernelTraining kernels) {

  static StageTraining of(Cohort cohort, double progress, long seed) {
    Cohort.Moment moment = cohort.at(progress);
    Columns columns = Columns.of(moment.evidence(), cohort.corpus().metric());
    double[][] rows = moment.evidence().stream().map(columns::encode).toArray(double[][]::new);
    var kernels =
        new KernelTraining(columns.all(), rows, cohort.targets(moment), moment.groups(), seed);
    return new StageTraining(cohort, moment, columns, kernels);
  }

  /** Whether the view has anything to look at. */
  boolean sees(View view) {
    return view.columns(columns.all()).length > 0;
  }

  KernelJudge judge(View view) {
    var fitted = kernels.fit(view.columns(columns.all()));
    var practice = new Practice(moment.runs(), fitted.unseen());
    return new KernelJudge(columns, fitted, practice, practice.calibrate(cohort::isGood));
  }
}
