package io.lyascope.aelle;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which runs must stay together: those of one group, repetitions with what they repeat, whether
 * that is there or not, and all that are joined by a run in between.
 */
final class Kinship {

  /** Runs and groups have names of their own: a run that is called like a group is not in it. */
  private enum Kind {
    RUN,
    GROUP
  }

  private record Name(Kind kind, String name) {}

  private final Map<Name, Name> parents = new HashMap<>();
  private final Map<String, String> copies = new HashMap<>();

  /** Takes note of what a run says of itself. */
  void add(FinishedRun run) {
    join(run(run.run()), new Name(Kind.GROUP, run.group()));
    run.repeatOf().ifPresent(first -> join(run(run.run()), run(first)));
  }

  /** Takes note of a run that is left out, since another one is the same. */
  void addCopy(FinishedRun copy, FinishedRun original) {
    copies.put(copy.run(), original.run());
    add(copy);
    join(run(copy.run()), run(original.run()));
  }

  /**
   * The runs in their families, each of which is named as the group of its first member. What
   * repeats an absent run is an ordinary one.
   */
  List<FinishedRun> settle(List<FinishedRun> runs) {
    Map<String, FinishedRun> present = new LinkedHashMap<>();
    Map<Name, String> groups = new HashMap<>();
    for (FinishedRun run : runs) {
      present.put(run.run(), run);
      groups.putIfAbsent(root(run(run.run())), run.group());
    }
    return runs.stream()
        .map(run -> {
          Optional<String> first =
              run.repeatOf()
                  .map(name -> copies.getOrDefault(name, name))
                  .filter(name -> present.containsKey(name) && !name.equals(run.run()));
          return run.of(groups.get(root(run(run.run()))), first);
        })
        .toList();
  }

  private static Name run(String name) {
    return new Name(Kind.RUN, name);
  }

  private void join(Name one, Name other) {
    Name root = root(one);
    if (!root.equals(root(other))) {
      parents.put(root(other), root);
    }
  }

  private Name root(Name name) {
    Name at = name;
    while (parents.containsKey(at)) {
      at = parents.get(at);
    }
    return at;
  }
}
