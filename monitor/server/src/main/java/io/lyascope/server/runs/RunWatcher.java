package io.lyascope.server.runs;

/** Is told, on the run book's context, of every change. */
public interface RunWatcher {

  /** Something of this run is new; the first time, the run itself. */
  void changed(Run run);

  /** The run is no longer kept. */
  void removed(Run run);
}
