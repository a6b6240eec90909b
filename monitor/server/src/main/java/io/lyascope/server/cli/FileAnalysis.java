package io.lyascope.server.cli;

import io.lyascope.aelle.Predictor;
import io.lyascope.dynamics.FeedForward;
import io.lyascope.dynamics.FeedForwardFlow;
import io.lyascope.dynamics.LocalRates;
import io.lyascope.dynamics.LocalRates.SensitiveStep;
import io.lyascope.dynamics.RecurrentWeights;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.server.cli.FileResult.Extras;
import io.lyascope.server.cli.FileResult.Identity;
import io.lyascope.server.prediction.Subject;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a snapshot file to what is printed of it. A probe is read once, however many snapshots it
 * drives.
 */
final class FileAnalysis {

  private static final Logger log = LoggerFactory.getLogger(FileAnalysis.class);

  private static final Limits LIMITS = Limits.DEFAULT;

  /** The protocol of the probe and the command line, where no predictor has one. */
  private static final List<Optional<Protocol>> NOBODYS = List.of(Optional.empty());

  private final Optional<String> protocol;
  private final Optional<Duration> deadline;
  private final StepRequest steps;
  private final Optional<LayerRequest> layers;
  private final Optional<PredictRequest> predict;
  private final int threads;
  private final Map<Path, Probe> probes = new ConcurrentHashMap<>();

  FileAnalysis(
      Optional<String> protocol,
      Optional<Duration> deadline,
      StepRequest steps,
      Optional<LayerRequest> layers,
      Optional<PredictRequest> predict,
      int threads) {
    this.protocol = protocol;
    this.deadline = deadline;
    this.steps = steps;
    this.layers = layers;
    this.predict = predict;
    this.threads = threads;
  }

  /** What a measurement came to, and what its single steps did. */
  private record Answer(Outcome outcome, Optional<List<SensitiveStep>> sensitiveSteps) {

    static Answer of(Outcome outcome) {
      return new Answer(outcome, Optional.empty());
    }

    boolean isMeasured() {
      return !(outcome instanceof Refused);
    }
  }

  /** Whatever goes wrong with one file becomes its result, and the others are measured. */
  FileResult of(AnalyzeJob job) {
    Optional<Identity> identity = Optional.empty();
    try {
      Snapshot snapshot = snapshot(job.snapshot());
      identity = Optional.of(Identity.of(snapshot));
      return measured(snapshot, job);
    } catch (UncheckedIOException e) {
      throw e; // what was asked for cannot be written: nothing is wrong with the snapshot
    } catch (RuntimeException | Error e) {
      log.debug("{}: the measurement failed", job.snapshot(), e);
      return new FileResult(job.snapshot(), identity, Refused.of(e), Extras.NONE);
    }
  }

  private FileResult measured(Snapshot snapshot, AnalyzeJob job) {
    Map<Optional<Protocol>, Answer> answers = answers(snapshot, job.probe());
    Answer printed = printed(answers.values());
    Optional<WeightUpdate> update =
        printed.outcome() instanceof Measured ? update(job, snapshot) : Optional.empty();
    return new FileResult(
        job.snapshot(),
        Optional.of(Identity.of(snapshot)),
        printed.outcome(),
        new Extras(update, printed.sensitiveSteps(), replies(snapshot, answers)));
  }

  /** Where nobody says otherwise, a predictor's own protocol is measured. */
  private Optional<Protocol> measuredBy(Predictor predictor) {
    return protocol.isPresent() ? Optional.empty() : Optional.of(predictor.protocol());
  }

  /** What every protocol that is asked for comes to; single steps only of what is printed. */
  private Map<Optional<Protocol>, Answer> answers(Snapshot snapshot, Path probe) {
    List<Optional<Protocol>> wanted =
        predict.stream()
            .flatMap(request -> request.predictors().stream())
            .map(this::measuredBy)
            .distinct()
            .toList();
    Map<Optional<Protocol>, Answer> answers = new LinkedHashMap<>();
    StepRequest asked = steps;
    for (Optional<Protocol> own : wanted.isEmpty() ? NOBODYS : wanted) {
      Answer answer = answer(snapshot, probe, own, asked);
      answers.put(own, answer);
      if (answer.isMeasured()) {
        asked = StepRequest.NONE;
      }
    }
    return answers;
  }

  /** The first that could be measured. */
  private static Answer printed(Collection<Answer> answers) {
    return answers.stream()
        .filter(Answer::isMeasured)
        .findFirst()
        .orElseGet(() -> answers.iterator().next());
  }

  private PredictRequest.Replies replies(
      Snapshot snapshot, Map<Optional<Protocol>, Answer> answers) {
    if (predict.isEmpty()) {
      return PredictRequest.Replies.NONE;
    }
    Optional<RunDocument> run = predict.get().run();
    return predict
        .get()
        .replies(
            Subject.of(snapshot, printed(answers.values()).outcome(), run),
            one -> Subject.of(snapshot, answers.get(measuredBy(one)).outcome(), run));
  }

  /** The weights that a snapshot had earlier in the run. */
  private record Earlier(RecurrentWeights weights, long step) {}

  private static Optional<WeightUpdate> update(AnalyzeJob job, Snapshot after) {
    return earlier(job, after)
        .flatMap(before ->
            WeightUpdate.between(before.weights(), RecurrentWeights.of(after), before.step()));
  }

  /** A snapshot before it that cannot be read has a result of its own, and none here. */
  private static Optional<Earlier> earlier(AnalyzeJob job, Snapshot after) {
    try {
      return job.previous()
          .map(FileAnalysis::snapshot)
          .filter(before -> before.run().equals(after.run()))
          .map(before -> new Earlier(RecurrentWeights.of(before), before.step()));
    } catch (RuntimeException | Error e) {
      return Optional.empty();
    }
  }

  /**
   * Measures.
   *
   * @param own a protocol that replaces the default and the probe's
   * @param asked what is wanted of single steps
   */
  private Answer answer(
      Snapshot snapshot, Path probeFile, Optional<Protocol> own, StepRequest asked) {
    long begin = System.nanoTime();
    try {
      Probe probe = probes.computeIfAbsent(probeFile, FileAnalysis::probe);
      Protocol effective = own.orElseGet(() -> effective(probe));
      if (FeedForward.describes(snapshot)) {
        if (!asked.isEmpty()) {
          throw notFor("recurrent", snapshot);
        }
        var details = layers.map(LayerRequest::details).orElse(Set.of());
        var flow = FeedForwardFlow.begin(snapshot, probe, effective, details);
        return Answer.of(Measurement.run(flow, begin, deadline));
      }
      if (layers.isPresent()) {
        throw notFor("feed-forward", snapshot);
      }
      if (asked.isEmpty()) {
        return Answer.of(run(TangentFlow.begin(snapshot, probe, effective), begin));
      }
      var rates = new LocalRates(effective);
      TangentFlow flow = TangentFlow.begin(snapshot, probe, effective, rates);
      Outcome outcome = run(flow, begin);
      return new Answer(outcome, asked.answer(rates, snapshot));
    } catch (RefusedException e) {
      return Answer.of(Refused.of(e));
    }
  }

  private static RefusedException notFor(String kind, Snapshot snapshot) {
    return new RefusedException(
        RefusedException.Kind.UNSUPPORTED,
        "lyascope.architecture.cell",
        "the options ask for something that only %s networks have, not cell \"%s\""
            .formatted(kind, snapshot.architecture().cell()));
  }

  /**
   * Does something with several snapshots that can be measured.
   *
   * @param jobs at least one; the probe is that of the first
   */
  Optional<EnsembleResult> together(EnsembleTask task, List<AnalyzeJob> jobs) {
    try {
      Probe probe = probes.computeIfAbsent(jobs.getFirst().probe(), FileAnalysis::probe);
      List<Snapshot> networks =
          jobs.stream().map(AnalyzeJob::snapshot).map(FileAnalysis::snapshot).toList();
      return task.run(networks, probe, effective(probe));
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return Optional.of(new EnsembleResult.Refused(Refused.of(e)));
    }
  }

  private static Snapshot snapshot(String file) {
    return Snapshot.read(bytes(Path.of(file), RefusedException.Kind.MALFORMED), LIMITS);
  }

  private Outcome run(TangentFlow flow, long begin) {
    return new Measurement(flow, threads).run(begin, deadline);
  }

  private Protocol effective(Probe probe) {
    ProtocolPatch ours = protocol.map(ProtocolPatch::parse).orElse(ProtocolPatch.NONE);
    return Protocol.DEFAULT.with(probe.protocol()).with(ours);
  }

  private static Probe probe(Path file) {
    return Probe.read(bytes(file, RefusedException.Kind.PROBE), LIMITS);
  }

  private static byte[] bytes(Path file, RefusedException.Kind kind) {
    try {
      if (Files.size(file) > LIMITS.file()) {
        throw new RefusedException(
            kind,
            "file",
            "%s has %d bytes, at most %d are read"
                .formatted(file, Files.size(file), LIMITS.file()));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RefusedException(kind, "file", file + ": " + FileProblem.sentence(e));
    }
  }
}
