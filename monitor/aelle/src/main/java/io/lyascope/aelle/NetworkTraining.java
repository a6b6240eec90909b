package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Minibatch training with early stopping on one fifth of the groups; deterministic by its seed.
 *
 * @param alphas the weight of the prediction, a stage of the training each
 * @param epochs of each stage
 * @param rate of the first epoch of a stage; it falls to a tenth along half a cosine
 */
record NetworkTraining(double[] alphas, int epochs, double rate, double decay, long seed) {

  private static final int BATCH = 32;
  private static final int HELD_OUT = 5;

  /** Something with parameters that learns from examples. */
  interface Learner {
    List<double[]> parameters();

    /** The loss of an example; its gradient is added. */
    void learn(double[] input, double target, double alpha, List<double[]> gradients);

    double predict(double[] input);
  }

  /** The examples that training does not see: they end it, and calibrate what it made. */
  int[] heldOut(Examples examples) {
    return Folds.of(examples.groups(), HELD_OUT, seed).within(0);
  }

  /** Leaves the learner with the parameters that predicted the held-out fifth best. */
  void train(Learner learner, Examples examples) {
    Folds folds = Folds.of(examples.groups(), HELD_OUT, seed);
    int[] held = folds.within(0);
    List<Integer> order = new ArrayList<>(Arrays.stream(folds.without(0)).boxed().toList());
    Random random = new Random(seed);
    var adam = new Adam(learner.parameters());
    double least = Double.POSITIVE_INFINITY;
    List<double[]> best = copy(learner.parameters());
    for (double alpha : alphas) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        Collections.shuffle(order, random);
        double share = (double) epoch / epochs;
        double now = rate * (0.1 + 0.45 * (1 + Math.cos(Math.PI * share)));
        pass(learner, examples, order, alpha, adam, now);
        double error = error(learner, examples, held);
        if (error < least) {
          least = error;
          best = copy(learner.parameters());
        }
      }
    }
    for (int k = 0; k < best.size(); k++) {
      System.arraycopy(best.get(k), 0, learner.parameters().get(k), 0, best.get(k).length);
    }
  }

  private void pass(
      Learner learner,
      Examples examples,
      List<Integer> order,
      double alpha,
      Adam adam,
      double now) {
    for (int begin = 0; begin < order.size(); begin += BATCH) {
      List<Integer> batch = order.subList(begin, Math.min(order.size(), begin + BATCH));
      List<double[]> gradients = Adam.zeros(learner.parameters());
      for (int i : batch) {
        learner.learn(examples.inputs()[i], examples.targets()[i], alpha, gradients);
      }
      for (double[] gradient : gradients) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] /= batch.size();
        }
      }
      adam.step(gradients, now, decay);
    }
  }

  private static double error(Learner learner, Examples examples, int[] held) {
    double sum = 0;
    for (int i : held) {
      double error = learner.predict(examples.inputs()[i]) - examples.targets()[i];
      sum += error * error;
    }
    return sum;
  }

  private static List<double[]> copy(List<double[]> parameters) {
    return parameters.stream().map(double[]::clone).toList();
  }
}
