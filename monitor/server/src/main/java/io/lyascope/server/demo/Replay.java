package io.lyascope.server.demo;

import io.lyascope.kafka.Publisher;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Recording;
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

  private final Recording recording;
  private final Casting casting;
  private final Publisher publisher;
  private final Duration length;
  private final ReplayListener listener;
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
      ReplayListener listener) {
    this.recording = recording;
    this.casting = casting;
    this.publisher = publisher;
    this.length = length;
    this.listener = listener;
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
    listener.started(run, timeline.snapshots());
    await(publisher.run(started));
    await(publisher.probe(run, recording.probe()));
    int sent = 0;
    long begin = System.nanoTime();
    lastWord = begin;
    for (Beat beat : timeline.beats()) {
      waitUntil(begin + (long) (beat.at() * length.toNanos()), run);
      switch (beat) {
        case Beat.Scalars(double _, ScalarsDocument document) -> say(casting.scalars(document));
        case Beat.Weights(double _, Recording.Entry entry) -> {
          send(run, entry);
          listener.sent(run, ++sent, timeline.snapshots(), entry.step());
        }
      }
    }
    RunDocument finished = casting.finished(recorded, started.started());
    await(publisher.run(finished));
    listener.finished(run, finished.state().orElseThrow());
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

  private void waitUntil(long due, String run) throws InterruptedException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      long silent = System.nanoTime() - lastWord;
      Thread.sleep(Duration.ofNanos(Math.clamp(HEARTBEAT.toNanos() - silent, 1, left)));
      if (System.nanoTime() - lastWord >= HEARTBEAT.toNanos()) {
        say(
            new ScalarsDocument(
                run, attempt, step, casting.time(Optional.empty()), Map.of(), Phase.TRAIN));
      }
    }
  }
}
