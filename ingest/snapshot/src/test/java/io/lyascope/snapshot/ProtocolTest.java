package io.lyascope.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTest {

  @Test
  void theDefaultsAreTheContracts() {
    assertEquals(
        "{\"name\":null,\"state\":\"full\",\"warmup\":0,\"burn_in\":20,\"steps\":120,"
            + "\"orthonormalize_every\":\"auto\",\"exponents\":\"all\",\"sequences\":\"all\","
            + "\"precision\":\"double\",\"initial_basis\":\"random\",\"seed\":0,"
            + "\"tolerance\":0.01}",
        Protocol.DEFAULT.toJson());
  }

  @Test
  void whatIsSetReplacesAndTheRestStays() {
    Protocol probe = with(Protocol.DEFAULT, "{\"burn_in\":0,\"steps\":28,\"unknown\":[]}");
    Protocol command = with(probe, "{\"orthonormalize_every\":3,\"exponents\":5,\"seed\":-1}");
    assertEquals(0, command.burnIn());
    assertEquals(28, command.steps());
    assertEquals(new Protocol.Interval.Every(3), command.orthonormalizeEvery());
    assertEquals(new Protocol.Count.First(5), command.exponents());
    assertEquals(-1, command.seed());
    assertEquals(Protocol.State.FULL, command.state());
  }

  @Test
  void writtenAndReadAgainItIsTheSame() {
    Protocol protocol =
        with(Protocol.DEFAULT, "{\"name\":\"x\",\"state\":\"hidden\",\"tolerance\":0.5}");
    assertEquals(protocol, with(Protocol.DEFAULT, protocol.toJson()));
  }

  @Test
  void aKnownNameBringsItsFieldsAndExplicitOnesWin() {
    Protocol protocol = with(Protocol.DEFAULT, "{\"name\":\"smnist-rows/1\",\"steps\":14}");
    assertEquals(Protocol.State.HIDDEN, protocol.state());
    assertEquals(Protocol.InitialBasis.IDENTITY, protocol.initialBasis());
    assertEquals(new Protocol.Interval.Every(1), protocol.orthonormalizeEvery());
    assertEquals(0, protocol.burnIn());
    assertEquals(14, protocol.steps());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "name; 1",
        "state; \"half\"",
        "warmup; -1",
        "burn_in; 1.5",
        "steps; 0",
        "steps; 99999999999",
        "orthonormalize_every; 0",
        "orthonormalize_every; \"often\"",
        "exponents; \"some\"",
        "sequences; 0",
        "precision; \"float\"",
        "initial_basis; true",
        "seed; \"x\"",
        "tolerance; 0",
        "tolerance; \"NaN\"",
      })
  void aWrongFieldIsNamed(String field, String value) {
    RefusedException e =
        assertThrows(
            RefusedException.class, () -> ProtocolPatch.parse("{\"" + field + "\":" + value + "}"));
    assertEquals(RefusedException.Kind.PROTOCOL, e.kind());
    assertEquals(field, e.field());
  }

  @Test
  void textThatIsNoObjectIsRefused() {
    for (String text : List.of("", "[]", "{", "steps")) {
      assertThrows(RefusedException.class, () -> ProtocolPatch.parse(text));
    }
  }

  @Test
  void aProbeWithAWrongProtocolIsRefusedAsProtocol() {
    TensorFile file =
        TensorFile.of(
            Map.of("lyascope.format", "probe/1", "lyascope.protocol", "{\"steps\":-1}"), List.of());
    RefusedException e =
        assertThrows(RefusedException.class, () -> Probe.read(file.write(), Limits.DEFAULT));
    assertEquals(RefusedException.Kind.PROTOCOL, e.kind());
  }

  @Test
  void aBrokenProbeIsRefusedAsProbe() {
    RefusedException e =
        assertThrows(RefusedException.class, () -> Probe.read(new byte[3], Limits.DEFAULT));
    assertEquals(RefusedException.Kind.PROBE, e.kind());
  }

  private static Protocol with(Protocol protocol, String json) {
    return protocol.with(ProtocolPatch.parse(json));
  }
}
