package io.lyascope.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A broker as a process of its own: {@code DIRECTORY [PORT CONTROLLER_PORT]}. Prints {@code READY
 * PORT CONTROLLER_PORT} on stdout when clients can connect, and stops when stdin ends, so it never
 * outlives the one who started it.
 */
public final class BrokerMain {
  static final String READY = "READY";

  private BrokerMain() {}

  /** Runs until stdin ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    Ports ports =
        arguments.length < 3
            ? Ports.free()
            : new Ports(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    EmbeddedBroker broker = EmbeddedBroker.start(directory, ports);
    var ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAfterParent(broker, ended)));
    System.out.printf("%s %d %d%n", READY, ports.broker(), ports.controller());
    System.in.transferTo(OutputStream.nullOutputStream());
    ended.countDown();
    System.exit(0);
  }

  /**
   * Ctrl-C in a terminal reaches parent and child alike. The parent still wants to write its last
   * results, so the broker waits for it to let go of stdin, though not for ever.
   */
  private static void closeAfterParent(EmbeddedBroker broker, CountDownLatch ended) {
    try {
      if (!ended.await(10, TimeUnit.SECONDS)) {
        ended.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    broker.close();
  }
}
