package io.lyascope.server.cli;

import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.RunCommand;
import java.time.Duration;
import java.util.Optional;

/** A way by which a stop reaches a run, and answers come back. */
sealed interface StopRoute extends AutoCloseable permits StopByHttp, StopByKafka {

  /**
   * Sends the command on its way; returns when the brokers have it.
   *
   * @param wanted how long it is valid
   * @return the command as it went out
   */
  RunCommand issue(String run, Optional<String> reason, Duration wanted) throws Exception;

  /** The next answer to the command that was issued, if one comes in time. */
  Optional<CommandAck> await(Duration patience) throws Exception;

  @Override
  void close();
}
