package io.lyascope.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All files that are not whole, by run, with the memory they hold. */
final class PartialFiles {
  private final Map<String, OfRun> runs = new HashMap<>();
  private long cost;
  private int count;

  private static final class OfRun {
    // Stalest first.
    final Map<FileId, PartialFile> files = new LinkedHashMap<>();
    long cost;
  }

  /** The file, begun if new. */
  PartialFile at(FileId id, Instant now) {
    return runs.computeIfAbsent(id.run(), run -> new OfRun())
        .files
        .computeIfAbsent(
            id,
            file -> {
              count++;
              return new PartialFile(file, now);
            });
  }

  Optional<PartialFile> find(FileId id) {
    return Optional.ofNullable(runs.get(id.run())).map(of -> of.files.get(id));
  }

  void add(PartialFile partial, Chunk chunk, Instant now) {
    partial.add(chunk, now);
    OfRun of = runs.get(partial.id().run());
    // The order of a run's files is that of their last chunks.
    of.files.remove(partial.id());
    of.files.put(partial.id(), partial);
    of.cost += chunk.cost();
    cost += chunk.cost();
  }

  void remove(PartialFile partial) {
    String run = partial.id().run();
    OfRun of = runs.get(run);
    of.files.remove(partial.id());
    count--;
    of.cost -= partial.cost();
    cost -= partial.cost();
    if (of.files.isEmpty()) {
      runs.remove(run);
    }
  }

  Stream<PartialFile> stream() {
    return runs.values().stream().map(of -> of.files.values()).flatMap(Collection::stream);
  }

  /** Files of the same content that claim another number of chunks. */
  List<PartialFile> sameContent(FileId id) {
    OfRun of = runs.get(id.run());
    return of == null
        ? List.of()
        : of.files.values().stream().filter(p -> p.id().content().equals(id.content())).toList();
  }

  /** The file of a run that has waited longest, the spared one only if there is no other. */
  PartialFile stalest(String run, PartialFile spared) {
    return runs.get(run).files.values().stream()
        .filter(partial -> partial != spared)
        .findFirst()
        .orElse(spared);
  }

  String costliestRun() {
    return runs.entrySet().stream()
        .max(Comparator.comparingLong(entry -> entry.getValue().cost))
        .orElseThrow()
        .getKey();
  }

  int count() {
    return count;
  }

  long cost() {
    return cost;
  }

  long cost(String run) {
    OfRun of = runs.get(run);
    return of == null ? 0 : of.cost;
  }
}
