package io.lyascope.server.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a long-running command has opened, closed in reverse order when the process is asked to end.
 * Opening and closing exclude each other, so that nothing is left behind by a Ctrl-C in between.
 */
final class Resources implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Resources.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeWithTheProcess, "closing");
  private boolean closed;

  /** Resources that are closed by Ctrl-C or a signal to end, after which the process ends well. */
  static Resources closedWithTheProcess() {
    Resources resources = new Resources();
    Runtime.getRuntime().addShutdownHook(resources.hook);
    return resources;
  }

  private void closeWithTheProcess() {
    closeAll();
    Runtime.getRuntime().halt(ExitCode.OK.status());
  }

  /**
   * Opens one more.
   *
   * @throws CancellationException if the process is ending
   */
  synchronized <T extends AutoCloseable> T open(Callable<T> opener) throws Exception {
    if (closed) {
      throw new CancellationException("the process is ending");
    }
    T resource = opener.call();
    open.push(resource);
    return resource;
  }

  /** Closes everything now; how the process ends is then the caller's business again. */
  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has done or will do the rest.
    }
  }

  private synchronized void closeAll() {
    closed = true;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        log.warn("While closing", e);
      }
    }
  }
}
