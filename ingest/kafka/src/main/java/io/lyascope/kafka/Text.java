package io.lyascope.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 that is refused instead of repaired: two broken run ids must not become one. */
final class Text {
  private Text() {}

  static byte[] encode(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws BrokenRecordException with the given reason if the bytes are no UTF-8
   */
  static String decode(byte[] utf8, DeadLetterReason reason, String what)
      throws BrokenRecordException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new BrokenRecordException(reason, what + " is no UTF-8");
    }
  }

  /** The beginning of a text from outside, on one line, for messages and logs. */
  static String shown(String text) {
    String line = text.length() <= 40 ? text : text.substring(0, 40) + "...";
    return '"' + line.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
