package io.lyascope.server.doctor;

import io.lyascope.server.config.Config;
import io.lyascope.server.doctor.Finding.Unreachable;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything in turn, from the machine to the cluster and the page. */
public final class Doctor {

  private Doctor() {}

  /** All findings, in the order in which they should be dealt with. */
  public static List<Finding> examine(Config config) throws InterruptedException {
    List<Finding> findings = new ArrayList<>(MachineChecks.of(config));
    try (ClusterChecks cluster = ClusterChecks.of(config)) {
      Finding answer = cluster.answer();
      findings.add(answer);
      if (!(answer instanceof Unreachable)) {
        findings.addAll(cluster.topics());
        findings.add(cluster.sizes());
        findings.add(cluster.clocks());
      }
    }
    findings.add(PageCheck.of(config));
    return List.copyOf(findings);
  }
}
