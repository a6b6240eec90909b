package io.lyascope.server.demo;

/** Hears how replays go on; called from several threads. */
public interface ReplayListener {

  /** A run has begun. */
  void started(String run, int snapshots);

  /** One more snapshot was acknowledged by the cluster. */
  void sent(String run, int count, int snapshots, long step);

  /** All of a run was acknowledged. */
  void finished(String run, String state);
}
