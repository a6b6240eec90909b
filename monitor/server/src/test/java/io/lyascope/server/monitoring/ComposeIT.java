package io.lyascope.server.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.server.programs.NeedsProgram;
import io.lyascope.server.programs.Programs;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsProgram("docker-compose")
class ComposeIT {

  @Test
  void composeFileIsValid() throws Exception {
    var outcome = Programs.run(List.of("docker-compose", "config", "-q"));
    assertEquals(0, outcome.status(), outcome.output());
  }
}
