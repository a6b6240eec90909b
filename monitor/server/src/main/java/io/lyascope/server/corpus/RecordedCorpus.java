package io.lyascope.server.corpus;

import io.lyascope.server.corpus.Tally.Fate;
import io.lyascope.snapshot.ProtocolPatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes a corpus of recordings: each is measured on one thread, several at a time.
 *
 * @param ours fields of the protocol that win over the probes'
 */
record RecordedCorpus(String metric, ProtocolPatch ours, int threads) {

  /** Adds the recordings in their order. */
  void addTo(Assembly assembly, List<Path> recordings, CorpusExport.Progress progress)
      throws InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<RecordedRun>> measured = new ArrayList<>();
      for (Path file : recordings) {
        measured.add(workers.submit(() -> RecordedRun.measure(file, metric, ours)));
      }
      for (int i = 0; i < measured.size(); i++) {
        try {
          add(measured.get(i).get(), assembly);
        } catch (ExecutionException e) {
          assembly.leaveOut(Fate.UNREADABLE);
          progress.unreadable(recordings.get(i), String.valueOf(e.getCause().getMessage()));
        }
        progress.measured(i + 1, measured.size());
      }
    }
  }

  private static void add(RecordedRun recorded, Assembly assembly) {
    if (recorded.run().isEmpty()) {
      assembly.leaveOut(Fate.WITHOUT_OUTCOME);
    } else {
      assembly.add(recorded.run().get(), recorded.stages());
    }
  }
}
