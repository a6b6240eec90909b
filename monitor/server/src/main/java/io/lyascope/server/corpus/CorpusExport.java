package io.lyascope.server.corpus;

import io.lyascope.aelle.CorpusHeader;
import io.lyascope.aelle.Goal;
import io.lyascope.kafka.Cluster;
import io.lyascope.server.config.Version;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a corpus, or adds runs to one that is there.
 *
 * @param task the only one that is taken; empty for that of the runs
 * @param metric the name of the outcome
 * @param goal which outcome is the better one; empty for that of the corpus that is there
 */
public record CorpusExport(Path folder, Optional<String> task, String metric, Optional<Goal> goal) {

  /** What keeps a corpus from being made, in a sentence for the user. */
  public static final class NoCorpusException extends Exception {
    private static final long serialVersionUID = 1;

    NoCorpusException(String message) {
      super(message);
    }
  }

  /** Told while recordings are measured, on the calling thread. */
  public interface Progress {
    /** So many of all are done. */
    void measured(int done, int all);

    /** A recording that cannot be read and is left out. */
    void unreadable(Path file, String reason);
  }

  /**
   * Takes the finished runs that a cluster knows, with the reference readings of its results topic.
   *
   * @return what became of the runs
   * @throws NoCorpusException if nothing is left, or the runs have several tasks
   */
  public Tally fromCluster(Cluster cluster) throws IOException, NoCorpusException {
    Assembly assembly = begin();
    ClusterCorpus found = ClusterCorpus.read(cluster);
    Set<String> tasks = found.tasks(metric);
    if (assembly.task().isEmpty() && tasks.size() > 1) {
      throw new NoCorpusException(
          "the runs have several tasks, a corpus has one; choose with --task: "
              + String.join(", ", tasks));
    }
    found.addTo(assembly, metric);
    return finish(assembly, "cluster");
  }

  /**
   * Measures recordings with the engine; runs that the corpus has already are not measured again.
   *
   * @param protocol fields that win over those of the recordings' probes
   * @param threads that measure at a time
   * @throws NoCorpusException if nothing is left
   */
  public Tally fromRecordings(
      List<Path> recordings, ProtocolPatch protocol, int threads, Progress progress)
      throws IOException, InterruptedException, NoCorpusException {
    Assembly assembly = begin();
    List<Path> fresh = new ArrayList<>();
    for (Path file : recordings) {
      try {
        if (assembly.has(RecordedRun.id(file))) {
          assembly.leaveOut(Tally.Fate.THERE_ALREADY);
        } else {
          fresh.add(file);
        }
      } catch (IOException | JsonException e) {
        assembly.leaveOut(Tally.Fate.UNREADABLE);
        progress.unreadable(file, e.getMessage());
      }
    }
    new RecordedCorpus(metric, protocol, threads).addTo(assembly, fresh, progress);
    return finish(assembly, "recordings");
  }

  private Optional<CorpusHeader> there() throws IOException {
    var there = new CorpusFolder(folder);
    return there.exists() ? Optional.of(there.readHeader()) : Optional.empty();
  }

  private Assembly begin() throws IOException, NoCorpusException {
    Optional<CorpusHeader> there = there();
    if (there.isEmpty()) {
      return new Assembly(task);
    }
    CorpusHeader header = there.get();
    boolean contradicts =
        !header.metric().equals(metric)
            || task.filter(name -> !name.equals(header.task())).isPresent()
            || goal.filter(wanted -> wanted != header.goal()).isPresent();
    if (contradicts) {
      throw new NoCorpusException(
          "%s holds a corpus of %s by %s already, which is to %s"
              .formatted(folder, header.task(), header.metric(), header.goal().label()));
    }
    return Assembly.after(header, new CorpusFolder(folder).readRuns(metric));
  }

  private Tally finish(Assembly assembly, String source) throws IOException, NoCorpusException {
    Optional<Protocol> protocol = assembly.protocol();
    if (protocol.isEmpty()) {
      String why = assembly.tally().toString();
      throw new NoCorpusException(
          "no finished run with spectra and a \"%s\" was found%s"
              .formatted(metric, why.isEmpty() ? "" : ": " + why));
    }
    String name =
        assembly
            .task()
            .orElseThrow(() -> new NoCorpusException("no run names its task; name it with --task"));
    Optional<CorpusHeader> before = there();
    Map<String, Object> card = new LinkedHashMap<>(before.map(CorpusHeader::card).orElse(Map.of()));
    card.put("written", Instant.now());
    // Whoever began it says what the most of it is.
    card.putIfAbsent("by", "lyascope " + Version.current().version());
    card.putIfAbsent("source", source);
    card.put("runs", assembly.runs().size());
    card.put("left_out", assembly.tally().leftOut());
    Goal better = goal.or(() -> before.map(CorpusHeader::goal)).orElse(Goal.MINIMIZE);
    var header = new CorpusHeader(name, protocol.get(), metric, better, card);
    new CorpusFolder(folder).write(header, assembly.runs());
    return assembly.tally();
  }
}
