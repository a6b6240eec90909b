package io.lyascope.server.demo;

import io.lyascope.kafka.Publisher;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Recording;
import io.lyascope.snapshot.RunCommand;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import io.lyascope.snapshot.ScalarsDocument.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Sends a recorded run through the ordinary publisher, in the rhythm of its steps, with a sign of
 * life whenever it would otherwise be silent for long. Confined to one thread.
 */
final class Replay {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration ATTENTION = Duration.ofMillis(250);

  private final Recording recording;
  private final Casting casting;
  private final Publisher publisher;
  private final Duration length;
  private final ReplayListener listener;
  private final Stops stops;
  private long lastWord;
  private int attempt;
  private long step;

  /**
   * @param length how long the whole run takes
   */
  Replay(
      Recording recording,
      Casting casting,
      Publisher publisher,
      Duration length,
      ReplayListener listener,
      Stops stops) {
    this.recording = recording;
    this.casting = casting;
    this.publisher = publisher;
    this.length = length;
    this.listener = listener;
    this.stops = stops;
  }

  /**
   * Sends all of it; returns when all of it is acknowledged.
   *
   * @throws CompletionException if the cluster did not take a record
   */
  void run() throws IOException, JsonException, InterruptedException {
    RunDocument recorded = recording.run();
    RunDocument started = casting.started(recorded);
    String run = started.run();
    Timeline timeline = Timeline.of(recording);
    Optional<RunCommand> stop = stops.wanted(run);
    listener.started(run, timeline.snapshots());
    await(publisher.run(started));
    await(publisher.probe(run, recording.probe()));
    int sent = 0;
    long begin = System.nanoTime();
    lastWord = begin;
    for (Beat beat : timeline.beats()) {
      stop = waitUntil(begin + (long) (beat.at() * length.toNanos()), run);
      if (stop.isPresent()) {
        break;
      }
      switch (beat) {
        case Beat.Scalars(double _, ScalarsDocument document) -> say(casting.scalars(document));
        case Beat.Weights(double _, Recording.Entry entry) -> {
          send(run, entry);
          listener.sent(run, ++sent, timeline.snapshots(), entry.step());
        }
      }
    }
    RunDocument ended =
        stop.isPresent()
            ? casting.stopped(recorded, started.started())
            : casting.finished(recorded, started.started());
    await(publisher.run(ended));
    if (stop.isPresent()) {
      await(publisher.control(ControlTopicStops.answer(stop.get(), CommandAck.State.STOPPED)));
    }
    listener.finished(run, ended.state().orElseThrow());
  }

  private void send(String run, Recording.Entry entry) throws IOException, InterruptedException {
    attempt = entry.attempt();
    step = entry.step();
    await(publisher.snapshot(run, attempt, step, casting.weights(entry.read())));
  }

  private void say(ScalarsDocument document) throws InterruptedException {
    attempt = document.attempt();
    step = document.step();
    await(publisher.scalars(document));
    lastWord = System.nanoTime();
  }

  /** Unlike join(), this ends when the replay is interrupted. */
  private static void await(CompletableFuture<Void> sent) throws InterruptedException {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  /** Ends early with the stop that came meanwhile. */
  private Optional<RunCommand> waitUntil(long due, String run) throws InterruptedException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      Optional<RunCommand> stop = stops.wanted(run);
      if (stop.isPresent()) {
        return stop;
      }
      Thread.sleep(Duration.ofNanos(Math.min(ATTENTION.toNanos(), left)));
      if (System.nanoTime() - lastWord >= HEARTBEAT.toNanos()) {
        say(
            new ScalarsDocument(
                run, attempt, step, casting.time(Optional.empty()), Map.of(), Phase.TRAIN));
      }
    }
    return stops.wanted(run);
  }
}
