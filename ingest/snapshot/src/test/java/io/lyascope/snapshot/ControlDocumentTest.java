package io.lyascope.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ControlDocumentTest {

  private static final String STOP =
      """
      {"type":"stop","id":"c1","run":"r","attempt":2,"reason":"chaotic","unknown":[1],
       "issued":"2026-11-23T12:00:00Z","expires":"2026-11-23T12:10:00Z","by":"an operator"}\
      """;

  @Test
  void aStopIsReadBackAsWritten() throws JsonException {
    RunCommand stop = assertInstanceOf(RunCommand.class, ControlDocument.parse(STOP));
    assertEquals(RunCommand.Kind.STOP, stop.kind());
    assertEquals(OptionalInt.of(2), stop.attempt());
    assertEquals(Optional.of("chaotic"), stop.reason());
    assertEquals(stop, ControlDocument.parse(stop.toJson()));
  }

  @Test
  void aVetoMayLeaveOutWhatNobodyNeeds() throws JsonException {
    var veto = (RunCommand) ControlDocument.parse("{\"type\":\"veto\",\"id\":\"c\",\"run\":\"r\"}");
    assertEquals(RunCommand.Kind.VETO, veto.kind());
    assertEquals(OptionalInt.empty(), veto.attempt());
    assertEquals(veto, ControlDocument.parse(veto.toJson()));
    assertFalse(veto.isExpired(Instant.MAX));
  }

  @Test
  void aCommandExpiresAtItsExpiryAndNotBefore() throws JsonException {
    RunCommand stop = (RunCommand) ControlDocument.parse(STOP);
    Instant expiry = Instant.parse("2026-11-23T12:10:00Z");
    assertFalse(stop.isExpired(expiry.minusNanos(1)));
    assertTrue(stop.isExpired(expiry));
  }

  @Test
  void anAcknowledgementAsThePythonClientWritesItIsUnderstood() throws JsonException {
    var ack =
        (CommandAck)
            ControlDocument.parse(
                "{\"type\":\"ack\",\"id\":\"c1\",\"run\":\"r\",\"attempt\":1,\"state\":\"refused\","
                    + "\"reason\":\"expired\",\"issued\":\"2026-11-23T12:10:00.123Z\"}");
    assertEquals(CommandAck.State.REFUSED, ack.state());
    assertEquals(1, ack.attempt());
    assertEquals(ack, ControlDocument.parse(ack.toJson()));
  }

  @Test
  void whatIsMalformedIsNamed() {
    refused("field type is missing", "{}");
    refused("field type is \"halt\", wanted stop, veto or ack", "{\"type\":\"halt\"}");
    refused("field id is missing", "{\"type\":\"stop\",\"run\":\"r\"}");
    refused("field id has 0 characters, wanted 1 to 200", "{\"type\":\"stop\",\"id\":\" \"}");
    refused("field run is missing", "{\"type\":\"veto\",\"id\":\"c\"}");
    refused(
        "field expires is \"soon\", wanted a time such as 2026-01-31T12:00:00Z",
        "{\"type\":\"stop\",\"id\":\"c\",\"run\":\"r\",\"expires\":\"soon\"}");
    refused("field state is missing", "{\"type\":\"ack\",\"id\":\"c\",\"run\":\"r\"}");
    refused(
        "field state is \"gone\", wanted received, saved, stopped or refused",
        "{\"type\":\"ack\",\"id\":\"c\",\"run\":\"r\",\"state\":\"gone\"}");
  }

  private static void refused(String message, String json) {
    JsonException e = assertThrows(JsonException.class, () -> ControlDocument.parse(json));
    assertEquals(message, e.getMessage());
  }
}
