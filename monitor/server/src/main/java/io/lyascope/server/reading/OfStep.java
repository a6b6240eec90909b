package io.lyascope.server.reading;

/** Something that is known of one step of one attempt of a run. */
public interface OfStep {

  int attempt();

  long step();
}
