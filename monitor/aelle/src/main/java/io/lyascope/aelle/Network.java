package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Layers one after the other. */
record Network(List<Dense> layers) {

  /** tanh between all layers, none after the last unless {@code last} says so. */
  static Network random(Dense.Activation last, Random random, int... widths) {
    List<Dense> layers = new ArrayList<>();
    for (int i = 0; i + 1 < widths.length; i++) {
      Dense.Activation activation = i + 2 < widths.length ? Dense.Activation.TANH : last;
      layers.add(Dense.random(widths[i], widths[i + 1], activation, random));
    }
    return new Network(List.copyOf(layers));
  }

  double[] forward(double[] x) {
    double[] y = x;
    for (Dense layer : layers) {
      y = layer.forward(y);
    }
    return y;
  }

  /** What goes in and out of every layer, the input first. */
  List<double[]> trace(double[] x) {
    List<double[]> trace = new ArrayList<>(List.of(x));
    for (Dense layer : layers) {
      trace.add(layer.forward(trace.getLast()));
    }
    return trace;
  }

  /** Adds the gradient of every layer; the slope along the input is returned. */
  double[] backward(List<double[]> trace, double[] slope, List<double[]> gradients) {
    double[] back = slope;
    for (int i = layers.size() - 1; i >= 0; i--) {
      back = layers.get(i).backward(trace.get(i), trace.get(i + 1), back, gradients.get(i));
    }
    return back;
  }

  List<double[]> parameters() {
    return layers.stream().map(Dense::parameters).toList();
  }
}
