package io.lyascope.dynamics;

import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The first measurement of a process: of one that has just begun, and of one that warmed up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstBenchmark {

  /** What the process did before. */
  public enum Before {
    /** Nothing, as with {@code analyze}. */
    NOTHING,
    /** The kernels' warm-up, as in a monitor that waits for its first run. */
    WARM_UP
  }

  @Param({"rnn64", "lstm128", "lstm512"})
  String network;

  @Param Before before;

  private final Path data = Path.of(System.getProperty("lyascope.bench.data", "bench/target/data"));
  private Snapshot snapshot;
  private Probe probe;
  private Protocol protocol;

  /** Reads the network and warms up where that is wanted. */
  @Setup
  public void read() throws IOException, InterruptedException {
    Path folder = data.resolve(network);
    snapshot =
        Snapshot.read(Files.readAllBytes(folder.resolve("snapshot.safetensors")), Limits.DEFAULT);
    probe = Probe.read(Files.readAllBytes(folder.resolve("probe.safetensors")), Limits.DEFAULT);
    protocol = Protocol.DEFAULT.with(ProtocolPatch.parse("{\"burn_in\":0,\"steps\":100000}"));
    if (before == Before.WARM_UP) {
      WarmUp.start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (Kernels.arithmetic() instanceof ScalarArithmetic && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  /** The measurement. */
  @Benchmark
  public LyapunovSpectrum measure() {
    return TangentFlow.begin(snapshot, probe, protocol).finish(1);
  }
}
