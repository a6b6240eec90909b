package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Protocol;
import org.junit.jupiter.api.Test;

class CorpusHeaderTest {

  private static Protocol protocol(String json) throws JsonException {
    return CorpusHeader.of(
            JsonObject.parse(
                "{\"format\":\"corpus/1\",\"task\":\"t\",\"protocol\":%s}".formatted(json)))
        .protocol();
  }

  @Test
  void theNameOfAProtocolBringsItsFieldsAlong() throws JsonException {
    Protocol named = protocol("{\"name\":\"smnist-rows/1\"}");

    Protocol written =
        protocol(
            "{\"burn_in\":0,\"steps\":28,\"orthonormalize_every\":1,"
                + "\"initial_basis\":\"identity\",\"state\":\"hidden\"}");
    assertEquals(28, named.steps());
    assertEquals(0, named.burnIn());
    assertEquals(written.state(), named.state());
    assertEquals(written.initialBasis(), named.initialBasis());
    assertEquals(5, protocol("{\"name\":\"smnist-rows/1\",\"steps\":5}").steps());
  }
}
