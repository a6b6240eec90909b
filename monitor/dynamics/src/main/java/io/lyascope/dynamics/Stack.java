package io.lyascope.dynamics;

import java.util.Arrays;
import java.util.List;

/**
 * Layers of one kind and size, each fed by the new output of the one below. Its state is [h^1 ..
 * h^L, c^1 .. c^L]; the tangent of a layer's output is pushed on into the next layer.
 */
record Stack(List<Cell> layers) implements Cell {

  Stack {
    layers = List.copyOf(layers);
  }

  @Override
  public int inputSize() {
    return layers.getFirst().inputSize();
  }

  @Override
  public int hiddenSize() {
    return layers.size() * layers.getFirst().hiddenSize();
  }

  @Override
  public int parts() {
    return layers.getFirst().parts();
  }

  @Override
  public Layer layer(Place place) {
    int size = layers.getFirst().hiddenSize();
    Layer[] placed = new Layer[layers.size()];
    for (int l = 0; l < placed.length; l++) {
      int shift = l * size;
      int[] parts = Arrays.stream(place.parts()).map(part -> part + shift).toArray();
      int inputRows = l == 0 ? place.inputRows() : size;
      placed[l] =
          layers
              .get(l)
              .layer(
                  new Place(parts, inputRows, place.length(), place.measured(), place.precision()));
    }
    return new Placed(placed, place.h(), size);
  }

  private record Placed(Layer[] layers, int first, int size) implements Layer {

    @Override
    public void advance(double[] x, int at, double[] state) {
      layers[0].advance(x, at, state);
      for (int l = 1; l < layers.length; l++) {
        layers[l].advance(state, first + (l - 1) * size, state);
      }
    }

    @Override
    public void push(double[] basis) {
      for (Layer layer : layers) {
        layer.push(basis);
      }
    }
  }
}
