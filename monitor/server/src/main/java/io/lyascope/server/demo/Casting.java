package io.lyascope.server.demo;

import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import io.lyascope.snapshot.TensorFile;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Under which name and with which times a recorded run appears. */
public sealed interface Casting {

  /** As many tenths of a second as five digits to the base 36 can tell apart, ten weeks. */
  long MANY = 36L * 36 * 36 * 36 * 36;

  /** The id under which this run appears. */
  String run(String recorded);

  /** The time that is told instead of a recorded one. */
  Optional<Instant> time(Optional<Instant> recorded);

  /** The file that is sent instead of a recorded snapshot. */
  byte[] weights(byte[] recorded);

  /** Exactly as recorded: sent twice, a run is recognised as the same. */
  record AsRecorded() implements Casting {
    @Override
    public String run(String recorded) {
      return recorded;
    }

    @Override
    public Optional<Instant> time(Optional<Instant> recorded) {
      return recorded;
    }

    @Override
    public byte[] weights(byte[] recorded) {
      return recorded;
    }
  }

  /**
   * As a run of its own that happens now.
   *
   * @param suffix what distinguishes its id from that of the recording
   */
  record Anew(String suffix, Clock clock) implements Casting {

    /** With a suffix that tells this start from others. */
    public static Anew now() {
      Clock clock = Clock.systemUTC();
      return new Anew(Long.toString(clock.millis() / 100 % MANY, 36), clock);
    }

    @Override
    public String run(String recorded) {
      return recorded + "-" + suffix;
    }

    @Override
    public Optional<Instant> time(Optional<Instant> recorded) {
      return Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @Override
    public byte[] weights(byte[] recorded) {
      TensorFile file = TensorFile.read(recorded, Limits.DEFAULT);
      Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
      metadata.computeIfPresent("lyascope.run", (_, run) -> run(run));
      return TensorFile.of(metadata, List.copyOf(file.tensors().values())).write();
    }
  }

  /** The document at the start, when nothing is known of the end. */
  default RunDocument started(RunDocument recorded) {
    return document(recorded, "running", time(recorded.started()), Optional.empty(), Map.of());
  }

  /** The document at the end; {@code begun} is the time that {@link #started} told. */
  default RunDocument finished(RunDocument recorded, Optional<Instant> begun) {
    String state = recorded.state().filter(s -> !s.equals("running")).orElse("finished");
    return document(recorded, state, begun, time(recorded.finished()), recorded.outcome());
  }

  /** The document at an end that came before the recorded one. */
  default RunDocument stopped(RunDocument recorded, Optional<Instant> begun) {
    return document(recorded, "stopped", begun, time(Optional.empty()), Map.of());
  }

  /** A recorded line of scalars. */
  default ScalarsDocument scalars(ScalarsDocument recorded) {
    return new ScalarsDocument(
        run(recorded.run()),
        recorded.attempt(),
        recorded.step(),
        time(recorded.time()),
        recorded.values(),
        recorded.phase());
  }

  private RunDocument document(
      RunDocument recorded,
      String state,
      Optional<Instant> started,
      Optional<Instant> finished,
      Map<String, Object> outcome) {
    return new RunDocument(
        run(recorded.run()),
        recorded.project(),
        recorded.name(),
        recorded.attempt(),
        Optional.of(state),
        recorded.config(),
        recorded.architecture(),
        recorded.task(),
        recorded.totalSteps(),
        started,
        finished,
        outcome,
        recorded.client());
  }
}
