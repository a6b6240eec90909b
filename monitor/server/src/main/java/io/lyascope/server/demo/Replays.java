package io.lyascope.server.demo;

import io.lyascope.kafka.Publisher;
import io.lyascope.snapshot.Recording;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Replays several recordings at a time, as if their runs trained side by side. */
public final class Replays {

  /** How long a run takes at speed 1. */
  public static final Duration LENGTH = Duration.ofMinutes(2);

  private final Publisher publisher;
  private final Casting casting;
  private final Duration length;
  private final ReplayListener listener;
  private final Stops stops;

  /**
   * @param speed 2 is twice as fast
   */
  public Replays(
      Publisher publisher, Casting casting, double speed, ReplayListener listener, Stops stops) {
    this.publisher = publisher;
    this.casting = casting;
    this.length = Duration.ofNanos((long) (LENGTH.toNanos() / speed));
    this.listener = listener;
    this.stops = stops;
  }

  /**
   * Replays all of them to the end.
   *
   * @return what went wrong, a sentence for each recording that could not be sent
   */
  public List<String> run(List<Path> recordings) throws InterruptedException {
    List<String> failures = new ArrayList<>();
    // Interrupted, close() interrupts the replays in turn.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> replays = new ArrayList<>();
      for (Path file : recordings) {
        replays.add(threads.submit(replay(file)));
      }
      for (int i = 0; i < replays.size(); i++) {
        try {
          replays.get(i).get();
        } catch (ExecutionException e) {
          failures.add(recordings.get(i) + ": " + sentence(e.getCause()));
        } catch (InterruptedException e) {
          threads.shutdownNow();
          throw e;
        }
      }
    }
    return failures;
  }

  private Callable<Void> replay(Path file) {
    return () -> {
      try (Recording recording = Recording.open(file)) {
        new Replay(recording, casting, publisher, length, listener, stops).run();
      }
      return null;
    };
  }

  private static String sentence(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case NoSuchFileException e -> "there is no " + e.getMessage();
      case ProviderNotFoundException _ -> "neither a folder nor a zip";
      case IOException e -> "cannot be read: " + e.getMessage();
      default -> String.valueOf(cause.getMessage());
    };
  }
}
