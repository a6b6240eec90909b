package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtocolMatchTest {

  private static Protocol with(String json) {
    return Protocol.DEFAULT.with(ProtocolPatch.parse(json));
  }

  private static Optional<String> difference(String json) {
    return ProtocolMatch.difference(Protocol.DEFAULT, with(json));
  }

  @Test
  void nameToleranceAndAnAutomaticIntervalDoNotMatter() {
    assertEquals(Optional.empty(), difference("{\"name\":\"other\",\"tolerance\":0.5}"));
    assertEquals(Optional.empty(), difference("{\"orthonormalize_every\":3}"));
  }

  @Test
  void twoDifferentIntervalsDoMatter() {
    Optional<String> difference =
        ProtocolMatch.difference(
            with("{\"orthonormalize_every\":1}"), with("{\"orthonormalize_every\":2}"));

    assertTrue(difference.orElseThrow().contains("orthonormalize_every 2"));
  }

  @Test
  void everyOtherFieldMattersAndIsNamed() {
    for (String json :
        new String[] {
          "{\"state\":\"hidden\"}",
          "{\"warmup\":1}",
          "{\"burn_in\":0}",
          "{\"steps\":28}",
          "{\"exponents\":8}",
          "{\"sequences\":2}",
          "{\"precision\":\"mixed\"}",
          "{\"initial_basis\":\"identity\"}",
          "{\"seed\":1}"
        }) {
      String field = json.substring(2, json.indexOf('"', 2));

      assertTrue(difference(json).orElseThrow().contains(field), json);
    }
  }
}
