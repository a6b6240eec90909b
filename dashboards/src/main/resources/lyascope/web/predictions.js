// A run's predictions in order of step, and the predictors that made them. Pure.

const key = prediction => `${prediction.attempt}/${prediction.step}`;

export class Predictions {
  #predictions = new Map();
  predictors = [];

  /** Replaces everything by what the server keeps. */
  load(predictions, predictors) {
    this.#predictions = new Map(predictions.map(one => [key(one), one]));
    this.predictors = predictors;
  }

  /** Adds or replaces the prediction of one step. */
  add(prediction) {
    if (prediction) this.#predictions.set(key(prediction), prediction);
  }

  /** All predictions of the newest attempt, by step. */
  all() {
    const all = [...this.#predictions.values()];
    const attempt = Math.max(0, ...all.map(one => one.attempt ?? 0));
    return all
      .filter(one => (one.attempt ?? 0) === attempt)
      .sort((one, other) => one.step - other.step);
  }

  /** The training runs on the map of this predictor; none if it is not loaded any more. */
  landmarks(name) {
    return this.predictors.find(one => one.digest === name?.digest)?.landmarks ?? [];
  }
}
