package io.lyascope.dynamics;

import io.lyascope.snapshot.Json;
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
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole measurement from weights in memory to the spectrum, by a process that is warm. Snapshot
 * and probe are those that the peers read; the spectrum is left beside them for comparison.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SpectrumBenchmark {

  @Param("rnn64")
  String network;

  @Param("auto")
  String every;

  @Param("all")
  String exponents;

  @Param("double")
  String precision;

  @Param("1")
  int cores;

  /** At most; the probe's length is the limit. */
  @Param("100000")
  int steps;

  private final Path data = Path.of(System.getProperty("lyascope.bench.data", "bench/target/data"));
  private Snapshot snapshot;
  private Probe probe;
  private Protocol protocol;
  private LyapunovSpectrum spectrum;

  /** Reads the network and waits until vectors are compiled. */
  @Setup
  public void read() throws IOException, InterruptedException {
    Path folder = data.resolve(network);
    snapshot =
        Snapshot.read(Files.readAllBytes(folder.resolve("snapshot.safetensors")), Limits.DEFAULT);
    probe = Probe.read(Files.readAllBytes(folder.resolve("probe.safetensors")), Limits.DEFAULT);
    String json =
        """
        {"burn_in":0,"steps":%d,"orthonormalize_every":%s,"exponents":%s,"precision":"%s",
         "initial_basis":"identity"}
        """
            .formatted(steps, quoted(every), quoted(exponents), precision);
    protocol = Protocol.DEFAULT.with(ProtocolPatch.parse(json));
    warmUp();
  }

  /** As in a monitor that has been at work for a while: compilation ends after 10 to 15 s. */
  private void warmUp() throws InterruptedException {
    WarmUp.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (Kernels.arithmetic() instanceof ScalarArithmetic && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    if (Kernels.arithmetic() instanceof ScalarArithmetic) {
      Kernels.use(new VectorArithmetic());
    }
    for (long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(12); System.nanoTime() < warm; ) {
      measure();
    }
  }

  private static String quoted(String value) {
    return Character.isDigit(value.charAt(0)) ? value : '"' + value + '"';
  }

  /** The measurement. */
  @Benchmark
  public LyapunovSpectrum measure() {
    spectrum = TangentFlow.begin(snapshot, probe, protocol).finish(cores);
    return spectrum;
  }

  /** Leaves the spectrum for the comparison with the peers. */
  @TearDown
  public void write() throws IOException {
    String name = "%s-%s-%s-%s-%d.json".formatted(network, every, exponents, precision, cores);
    Files.writeString(data.resolve(name), Json.write(spectrum.exponents()));
  }
}
