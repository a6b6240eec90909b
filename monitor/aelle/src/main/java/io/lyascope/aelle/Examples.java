package io.lyascope.aelle;

import java.util.List;

/**
 * What networks are trained on.
 *
 * @param inputs one row each
 * @param targets one number each
 * @param groups what must stay together
 */
record Examples(double[][] inputs, double[] targets, List<String> groups) {

  int size() {
    return inputs.length;
  }
}
