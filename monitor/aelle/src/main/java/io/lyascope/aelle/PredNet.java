package io.lyascope.aelle;

import java.util.List;
import java.util.Random;

/** Vogt's PredNet: one hidden layer of 50 units from spectrum to outcome, squared loss. */
record PredNet(Network network) implements NetworkTraining.Learner {

  private static final int UNITS = 50;

  static PredNet train(Examples examples, long seed) {
    int width = examples.inputs()[0].length;
    var network = Network.random(Dense.Activation.IDENTITY, new Random(seed), width, UNITS, 1);
    var prednet = new PredNet(network);
    new NetworkTraining(new double[] {1}, 60, 2e-3, 1e-3, seed).train(prednet, examples);
    return prednet;
  }

  @Override
  public List<double[]> parameters() {
    return network.parameters();
  }

  @Override
  public void learn(double[] input, double target, double alpha, List<double[]> gradients) {
    List<double[]> trace = network.trace(input);
    double[] slope = {2 * alpha * (trace.getLast()[0] - target)};
    network.backward(trace, slope, gradients);
  }

  @Override
  public double predict(double[] input) {
    return network.forward(input)[0];
  }
}
