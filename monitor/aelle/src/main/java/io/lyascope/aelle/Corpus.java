package io.lyascope.aelle;

import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finished runs to learn from.
 *
 * @param task what they were trained for
 * @param protocol how all their spectra were measured
 * @param metric the name of the outcome
 * @param goal which outcome is better
 * @param card how the corpus was made
 * @param runs each once
 * @param remarks what was left out of the files and why
 */
public record Corpus(
    String task,
    Protocol protocol,
    String metric,
    Goal goal,
    Map<String, Object> card,
    List<FinishedRun> runs,
    List<String> remarks) {

  /** The progress values that are looked at where nobody says otherwise. */
  private static final List<Double> USUAL_STAGES = List.of(0.0, 0.1, 0.2, 0.3, 0.5);

  /** Later than at half of the training nobody has much to gain from a prediction. */
  private static final double LATEST = 0.5;

  /** Stages that are nearer to each other than this are as good as one. */
  private static final double APART = 0.05;

  /** Copies its lists. */
  public Corpus {
    runs = List.copyOf(runs);
    remarks = List.copyOf(remarks);
  }

  /**
   * Reads {@code corpus.json} and {@code runs.jsonl} or {@code runs.jsonl.gz} of a folder.
   *
   * @throws io.lyascope.snapshot.RefusedException naming the line and field at fault
   */
  public static Corpus read(Path folder) throws IOException {
    return CorpusReader.read(folder);
  }

  /** SHA-256 of the file that holds the runs, in lower-case hexadecimal: which data they were. */
  public static String digest(Path folder) throws IOException {
    return Digests.sha256(Files.readAllBytes(CorpusReader.file(folder)));
  }

  /** The usual stages that at least half of the runs have; of their own, if these are none. */
  public List<Double> stages() {
    List<Double> usual = USUAL_STAGES.stream().filter(this::isCommon).toList();
    return usual.isEmpty() ? ownStages() : usual;
  }

  /** To the percent, none within reach of the one before. */
  private List<Double> ownStages() {
    List<Double> own = new ArrayList<>();
    runs.stream()
        .flatMap(run -> run.stages().stream())
        .map(stage -> Math.round(100 * stage.progress()) / 100.0)
        .filter(stage -> stage <= LATEST)
        .distinct()
        .sorted()
        .filter(this::isCommon)
        .filter(stage -> own.isEmpty() || stage >= own.getLast() + APART)
        .limit(USUAL_STAGES.size())
        .forEachOrdered(own::add);
    return own;
  }

  private boolean isCommon(double stage) {
    long having = runs.stream().filter(run -> run.at(stage).isPresent()).count();
    return 2 * having >= runs.size();
  }

  /** The same corpus with these runs only. */
  Corpus with(List<FinishedRun> some) {
    return new Corpus(task, protocol, metric, goal, card, some, remarks);
  }
}
