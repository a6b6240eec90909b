package io.lyascope.server.fact;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes immutable values by reference; they never leave the process. */
record LocalCodec<T>(String name) implements MessageCodec<T, T> {

  @Override
  public T transform(T value) {
    return value;
  }

  @Override
  public void encodeToWire(Buffer buffer, T value) {
    throw new UnsupportedOperationException(name + " stays in this process");
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException(name + " stays in this process");
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
