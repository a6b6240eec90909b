package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.List;
import java.util.Optional;

/** A cell with the choice of which part of its state is differentiated, and how precisely. */
record CellMap(Cell cell, Protocol.State measured, Protocol.Precision precision)
    implements TangentMap {

  CellMap(Cell cell, Protocol.State measured) {
    this(cell, measured, Protocol.Precision.DOUBLE);
  }

  @Override
  public int inputSize() {
    return cell.inputSize();
  }

  @Override
  public List<Channel> channels() {
    return cell.channels();
  }

  @Override
  public double timeStep() {
    return cell.timeStep();
  }

  @Override
  public Optional<Activation> activity() {
    return cell.activity();
  }

  @Override
  public int stateSize() {
    return cell.parts() * cell.hiddenSize();
  }

  @Override
  public int tangentSize() {
    return switch (measured) {
      case FULL -> stateSize();
      case HIDDEN -> hiddenSize();
    };
  }

  @Override
  public int hiddenSize() {
    return cell.hiddenSize();
  }

  /** In double precision and for the whole state only: its part has no inverse of its own. */
  @Override
  public Optional<TangentMap> invertible() {
    return measured == Protocol.State.FULL && precision == Protocol.Precision.DOUBLE
        ? cell.invertible().map(inverted -> new CellMap(inverted, measured, precision))
        : Optional.empty();
  }

  @Override
  public Propagator propagator() {
    Cell.Layer layer =
        cell.layer(
            new Cell.Place(
                new int[] {0, cell.hiddenSize()}, 0, tangentSize(), measured, precision));
    return new Propagator() {
      @Override
      public void advance(double[] inputs, int at, double[] state) {
        layer.advance(inputs, at, state);
      }

      @Override
      public void push(double[] inputs, int at, double[] state, double[] basis) {
        layer.advance(inputs, at, state);
        layer.push(basis);
      }

      @Override
      public void pull(double[] basis) {
        layer.pull(basis);
      }
    };
  }
}
