package io.lyascope.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one file: the header token by token, then the layout of the buffer as a whole. */
final class TensorFileReader {

  private static final int PREFIX = 8;

  /** Repeated names are told apart from other broken JSON, so the parser itself allows them. */
  private static final JsonFactory LENIENT = new JsonFactory();

  private final ByteBuffer file;
  private final Limits limits;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

  private TensorFileReader(byte[] bytes, Limits limits) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.limits = limits;
  }

  static TensorFile read(byte[] bytes, Limits limits) {
    TensorFileReader reader = new TensorFileReader(bytes, limits);
    int headerLength = reader.headerLength();
    reader.readHeader(headerLength);
    return reader.layOut(PREFIX + headerLength);
  }

  private int headerLength() {
    if (file.capacity() > limits.file()) {
      throw header(
          Malformation.FILE_TOO_LARGE,
          "the file has " + file.capacity() + " bytes, at most " + limits.file() + " are taken");
    }
    if (file.capacity() < PREFIX) {
      throw header(
          Malformation.HEADER_LENGTH_MISSING,
          "the file has " + file.capacity() + " bytes, wanted 8 for the header's length");
    }
    long length = file.getLong(0);
    if (length < 0 || length > limits.header()) {
      throw header(
          Malformation.HEADER_TOO_LARGE,
          "the header claims "
              + Long.toUnsignedString(length)
              + " bytes, at most "
              + limits.header()
              + " are taken");
    }
    if (length > file.capacity() - PREFIX) {
      throw header(
          Malformation.HEADER_TRUNCATED,
          "the header claims " + length + " bytes, the file ends before");
    }
    return (int) length;
  }

  private void readHeader(int length) {
    try (JsonParser parser = LENIENT.createParser(text(length))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw header(Malformation.HEADER_NOT_JSON, "the header is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        readField(name, Json.value(parser));
      }
      if (parser.nextToken() != null) {
        throw header(Malformation.HEADER_NOT_JSON, "something follows the header's object");
      }
    } catch (JsonProcessingException e) {
      throw header(Malformation.HEADER_NOT_JSON, "the header is not JSON: " + Json.explain(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(file.slice(PREFIX, length)).toString();
    } catch (CharacterCodingException e) {
      throw header(Malformation.HEADER_NOT_UTF8, "the header is not UTF-8");
    }
  }

  private void readField(String name, Object value) {
    if (name.equals("__metadata__")) {
      readMetadata(value);
    } else if (entries.put(name, TensorEntry.parse(name, value)) != null) {
      throw new MalformedException(
          Malformation.TENSOR_DUPLICATE, name, PREFIX, "two tensors have this name");
    }
  }

  private void readMetadata(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw notStrings("__metadata__");
    }
    map.forEach((key, text) -> {
      if (!(text instanceof String string)) {
        throw notStrings((String) key);
      }
      metadata.put((String) key, string);
    });
  }

  /** Walks through the buffer in order: each tensor must begin where the one before it ended. */
  private TensorFile layOut(int bufferStart) {
    long bufferSize = file.capacity() - (long) bufferStart;
    List<TensorEntry> ordered = new ArrayList<>(entries.values());
    ordered.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long end = 0;
    for (TensorEntry entry : ordered) {
      entry.checkPlace(end, bufferSize, limits, bufferStart);
      end = entry.end();
      entry
          .dtype()
          .ifPresent(dtype -> tensors.put(entry.name(), tensor(entry, dtype, bufferStart)));
    }
    if (end != bufferSize) {
      throw new MalformedException(
          Malformation.TRAILING_BYTES,
          "header",
          bufferStart + end,
          bufferSize - end + " bytes follow the last tensor");
    }
    return new TensorFile(metadata, tensors, ordered.size() - tensors.size());
  }

  private Tensor tensor(TensorEntry entry, Dtype dtype, int bufferStart) {
    int size = (int) (entry.end() - entry.begin());
    return new Tensor(
        entry.name(), dtype, entry.extents(), file.slice(bufferStart + (int) entry.begin(), size));
  }

  private static MalformedException header(Malformation malformation, String message) {
    return new MalformedException(malformation, "header", 0, message);
  }

  private static MalformedException notStrings(String key) {
    return new MalformedException(
        Malformation.METADATA_NOT_STRINGS, key, PREFIX, "metadata must map strings to strings");
  }
}
