package io.lyascope.bench;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.dynamics.WarmStart;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates of few steps, from where the snapshot before ended and from nothing, over all
 * neighbouring snapshots of a run.
 */
final class Starts {

  private static final int[] STEPS = {2, 4, 8, 16, 32, 64};

  private Starts() {}

  /** Where a measurement of few steps begins. */
  private enum Start {
    WARM {
      @Override
      TangentFlow begin(Subject run, Snapshot snapshot, Protocol few, WarmStart before) {
        return TangentFlow.warm(snapshot, run.probe(), few, before);
      }
    },
    COLD {
      @Override
      TangentFlow begin(Subject run, Snapshot snapshot, Protocol few, WarmStart before) {
        return TangentFlow.begin(snapshot, run.probe(), few);
      }
    },
    COLD_WITHOUT_BURN_IN {
      @Override
      TangentFlow begin(Subject run, Snapshot snapshot, Protocol few, WarmStart before) {
        ProtocolPatch patch = ProtocolPatch.parse("{\"warmup\":0,\"burn_in\":2}");
        return TangentFlow.begin(snapshot, run.probe(), few.with(patch));
      }
    };

    abstract TangentFlow begin(Subject run, Snapshot snapshot, Protocol few, WarmStart before);
  }

  /** Medians of the errors against the whole measurement of the newer snapshot. */
  static List<Map<String, Object>> of(Subject run) {
    Map<Map<String, Object>, List<Deviation>> errors = new LinkedHashMap<>();
    TangentFlow before = whole(run, run.snapshots().getFirst());
    for (Snapshot snapshot : run.snapshots().subList(1, run.snapshots().size())) {
      TangentFlow flow = whole(run, snapshot);
      LyapunovSpectrum reference = flow.spectrum();
      note(errors, "change", flow.protocol().steps(), before.spectrum(), reference);
      for (int steps : STEPS) {
        if (steps <= flow.protocol().steps()) {
          for (Start start : Start.values()) {
            Protocol few = run.protocol().withSteps(steps);
            LyapunovSpectrum estimate =
                start.begin(run, snapshot, few, before.warmStart()).finish();
            note(errors, start.name(), steps, estimate, reference);
          }
        }
      }
      before = flow;
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    errors.forEach((key, several) -> {
      Map<String, Object> row = new HashMap<>(Deviation.median(several).fields());
      row.putAll(key);
      row.put("network", run.name());
      row.put("pairs", several.size());
      rows.add(row);
    });
    return rows;
  }

  private static TangentFlow whole(Subject run, Snapshot snapshot) {
    TangentFlow flow = TangentFlow.begin(snapshot, run.probe(), run.protocol());
    flow.finish();
    return flow;
  }

  private static void note(
      Map<Map<String, Object>, List<Deviation>> errors,
      String start,
      int steps,
      LyapunovSpectrum measured,
      LyapunovSpectrum reference) {
    errors
        .computeIfAbsent(Map.of("start", start, "steps", steps), key -> new ArrayList<>())
        .add(Deviation.of(measured, reference));
  }
}
