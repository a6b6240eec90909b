package io.lyascope.server.pipeline;

import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import java.util.OptionalLong;

/** What was measured of one step of a run, and is true of any other with the same weights. */
sealed interface Known {

  /** The step of the snapshot that was measured. */
  long step();

  boolean complete();

  /** How many exponents there are; they are most of what it takes to remember them. */
  int exponents();

  /** The outcome for another step, which says at which one it was measured. */
  Outcome outcome(double elapsedSeconds);

  /** Of a recurrent network. */
  record Spectrum(LyapunovSpectrum spectrum, long step) implements Known {

    @Override
    public boolean complete() {
      return spectrum.complete();
    }

    @Override
    public int exponents() {
      return spectrum.exponents().size();
    }

    @Override
    public Outcome outcome(double elapsedSeconds) {
      return new Measured(spectrum, elapsedSeconds, OptionalLong.of(step));
    }
  }

  /** Of a feed-forward network, an exponent for each input. */
  record Layers(FiniteTimeExponents finiteTime, long step) implements Known {

    @Override
    public boolean complete() {
      return finiteTime.complete();
    }

    @Override
    public int exponents() {
      return finiteTime.perInput().size();
    }

    @Override
    public Outcome outcome(double elapsedSeconds) {
      return new Layered(finiteTime, elapsedSeconds, OptionalLong.of(step));
    }
  }
}
