package io.lyascope.server.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All mailboxes, and whose turn it is: the one place where the consumer thread and the workers
 * meet, and the one lock of the pipeline. Nothing is computed under it.
 */
final class Mailroom {

  private final Patience patience;
  private final int openLimit;
  private final long probeLimit;

  /** In the order of their last use. */
  private final Map<String, Mailbox> boxes = new LinkedHashMap<>(16, 0.75f, true);

  private final SequencedSet<String> ready = new LinkedHashSet<>();
  private final Queue<Job> paused = new ArrayDeque<>();
  private final List<Runnable> wakers = new CopyOnWriteArrayList<>();
  private int open;
  private long probeBytes;

  /**
   * @param openLimit how many measurements may be in progress, that is, hold their bases in memory
   * @param probeLimit how many bytes the probes of all runs may take
   */
  Mailroom(Patience patience, int openLimit, long probeLimit) {
    this.patience = patience;
    this.openLimit = openLimit;
    this.probeLimit = probeLimit;
  }

  /** Calls {@code waker} whenever there may be work; it must return at once. */
  void onWork(Runnable waker) {
    wakers.add(waker);
  }

  Offer offer(Arrival arrival) {
    Offer answer;
    synchronized (this) {
      answer = box(arrival.run()).offer(arrival);
      enqueue(arrival.run());
    }
    wake();
    return answer;
  }

  synchronized Offer refuse(Claims claims) {
    return box(claims.first().run()).refuse(claims);
  }

  /**
   * What was owed a reading has it, or never will: its deliveries are finished. Those that come
   * from now on are duplicates.
   */
  void stored(Claims claims, Mailbox.Settlement settlement) {
    synchronized (this) {
      box(claims.first().run()).stored(claims.key(), settlement);
    }
    claims.done();
  }

  void probe(String run, KnownProbe probe) {
    synchronized (this) {
      Mailbox box = box(run);
      probeBytes += probe.bytes() - box.probeBytes();
      box.probe(probe);
      enqueue(run);
      makeRoom();
    }
    wake();
  }

  /** Remembers a reading of an earlier life of the monitor. */
  synchronized void restore(
      String run, SnapshotKey key, Mailbox.Settlement settlement, Optional<Duration> worked) {
    Mailbox box = box(run);
    box.settle(key, settlement);
    worked.ifPresent(box::pace);
  }

  /**
   * The next slice's job: the run that has waited longest for its measurement to start, or else the
   * measurement whose last slice is longest ago.
   */
  synchronized Optional<Job> take() {
    if (open < openLimit && !ready.isEmpty()) {
      open++;
      return Optional.of(boxes.get(ready.removeFirst()).start());
    }
    return Optional.ofNullable(paused.poll());
  }

  /** Puts a job back that needs more slices. */
  void putBack(Job job) {
    synchronized (this) {
      paused.add(job);
    }
    wake();
  }

  /**
   * The job has led to a reading; the run's next snapshot may start.
   *
   * @return the run's unread snapshots that are superseded
   */
  List<Arrival> finish(Job job) {
    List<Arrival> superseded;
    synchronized (this) {
      open--;
      superseded = boxes.get(job.run()).finish(job.worked());
      enqueue(job.run());
    }
    wake();
    return superseded;
  }

  /** Takes out all snapshots that came before {@code limit} and still lack a probe. */
  synchronized List<Arrival> expire(Instant limit) {
    List<Arrival> expired = new ArrayList<>();
    boxes.values().forEach(box -> expired.addAll(box.expire(limit)));
    return expired;
  }

  /** Snapshots unread or being measured. */
  synchronized int length() {
    return open + boxes.values().stream().mapToInt(Mailbox::unreadCount).sum();
  }

  private Mailbox box(String run) {
    return boxes.computeIfAbsent(run, _ -> new Mailbox(patience));
  }

  /** Probes are published once and never again, so the runs that rested longest forget theirs. */
  private void makeRoom() {
    var restingLongest = boxes.values().iterator();
    while (probeBytes > probeLimit && restingLongest.hasNext()) {
      Mailbox box = restingLongest.next();
      if (box.isIdle()) {
        probeBytes -= box.forgetProbe();
      }
    }
  }

  private void enqueue(String run) {
    if (boxes.get(run).isReady()) {
      ready.add(run);
    }
  }

  private void wake() {
    wakers.forEach(Runnable::run);
  }
}
