package io.lyascope.server.metrics;

import io.lyascope.server.runs.Run;
import io.lyascope.snapshot.RunDocument;
import java.util.HashSet;
import java.util.Set;

/** Projects as labels. Anybody can make up projects: those beyond the first hundred share one. */
final class ProjectLabels {

  private static final int MOST = 100;
  private static final String OTHER = "(other)";

  private final Set<String> known = new HashSet<>();

  String of(Run run) {
    String project = run.document().flatMap(RunDocument::project).orElse("");
    if (known.contains(project) || known.size() < MOST) {
      known.add(project);
      return project;
    }
    return OTHER;
  }
}
