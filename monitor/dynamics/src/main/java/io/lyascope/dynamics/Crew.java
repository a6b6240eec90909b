package io.lyascope.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that work on the lanes of one flow. They exist while they work. */
final class Crew {

  private final Course course;
  private final Lanes lanes;

  Crew(Course course, Lanes lanes) {
    this.course = course;
    this.lanes = lanes;
  }

  /** How much is done at a time. */
  @FunctionalInterface
  interface Budget {
    /** Asked after each step. */
    boolean isSpent();

    /** At least one step of every thread. */
    static Budget until(long nanoTime) {
      return () -> System.nanoTime() - nanoTime >= 0;
    }
  }

  /** Works on this thread until the budget is spent or no lane has work that others do not do. */
  void work(Workspace workspace, Budget budget) {
    boolean spent = false;
    while (!spent) {
      Optional<Lane> claimed = lanes.claim();
      if (claimed.isEmpty()) {
        return;
      }
      Lane lane = claimed.get();
      boolean turn = false;
      while (!turn && !spent) {
        turn = lane.advance(course, workspace);
        spent = budget.isSpent();
      }
      lanes.release(lane);
    }
  }

  /** The same on as many threads as there are workspaces. */
  void work(List<Workspace> workspaces, Budget budget) {
    if (workspaces.size() == 1) {
      work(workspaces.getFirst(), budget);
      return;
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(workspaces.size())) {
      List<Future<?>> work = new ArrayList<>();
      for (Workspace workspace : workspaces) {
        work.add(threads.submit(() -> workOrAbandon(workspace, budget)));
      }
      for (Future<?> part : work) {
        join(part);
      }
    }
  }

  private void workOrAbandon(Workspace workspace, Budget budget) {
    try {
      work(workspace, budget);
    } catch (RuntimeException | Error e) {
      lanes.abandon();
      throw e;
    }
  }

  private void join(Future<?> part) {
    try {
      part.get();
    } catch (InterruptedException e) {
      lanes.abandon();
      Thread.currentThread().interrupt();
      throw new CancellationException("the measurement was interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
