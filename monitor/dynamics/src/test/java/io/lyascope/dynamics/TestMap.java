package io.lyascope.dynamics;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An autonomous map given by its step and its Jacobian, for systems that are no network. */
record TestMap(
    int size,
    double timeStep,
    UnaryOperator<double[]> step,
    Function<double[], double[][]> jacobian)
    implements TangentMap {

  TestMap(int size, UnaryOperator<double[]> step, Function<double[], double[][]> jacobian) {
    this(size, 1, step, jacobian);
  }

  @Override
  public int inputSize() {
    return 0;
  }

  @Override
  public int stateSize() {
    return size;
  }

  @Override
  public int tangentSize() {
    return size;
  }

  @Override
  public int hiddenSize() {
    return size;
  }

  @Override
  public Propagator propagator() {
    return new Propagator() {
      @Override
      public void advance(double[] inputs, int at, double[] state) {
        System.arraycopy(step.apply(state.clone()), 0, state, 0, size);
      }

      @Override
      public void push(double[] inputs, int at, double[] state, double[] basis) {
        double[][] j = jacobian.apply(state.clone());
        double[] old = basis.clone();
        for (int row = 0; row < size; row++) {
          for (int column = 0; column < basis.length / size; column++) {
            double sum = 0;
            for (int inner = 0; inner < size; inner++) {
              sum += j[row][inner] * old[column * size + inner];
            }
            basis[column * size + row] = sum;
          }
        }
        advance(inputs, at, state);
      }
    };
  }
}
