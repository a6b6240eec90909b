package io.lyascope.dynamics;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one core can do at most: fused multiply-adds of registers alone, in ten chains. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBenchmark {

  private static final int ROUNDS = 100_000;
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private double factor = 0.999;

  /** Time of one element's multiplication and addition, which are two operations. */
  @Benchmark
  @OperationsPerInvocation(ROUNDS * 10)
  public double multiplyAdds() {
    DoubleVector m = DoubleVector.broadcast(SPECIES, factor);
    DoubleVector a = m, b = a.add(1), c = a.add(2), d = a.add(3), e = a.add(4);
    DoubleVector f = a.add(5), g = a.add(6), h = a.add(7), i = a.add(8), j = a.add(9);
    for (int round = 0; round < ROUNDS; round++) {
      a = a.fma(m, m);
      b = b.fma(m, m);
      c = c.fma(m, m);
      d = d.fma(m, m);
      e = e.fma(m, m);
      f = f.fma(m, m);
      g = g.fma(m, m);
      h = h.fma(m, m);
      i = i.fma(m, m);
      j = j.fma(m, m);
    }
    DoubleVector first = a.add(b).add(c).add(d).add(e);
    return first.add(f).add(g).add(h).add(i).add(j).lane(0);
  }
}
