package io.lyascope.server.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.server.programs.NeedsProgram;
import io.lyascope.server.programs.Programs;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsProgram("amtool")
class AlertmanagerIT {

  @Test
  void configurationIsValid() throws Exception {
    String file = "grafana/alertmanager/alertmanager.yml";
    var outcome = Programs.run(List.of("amtool", "check-config", file));
    assertEquals(0, outcome.status(), outcome.output());
  }
}
