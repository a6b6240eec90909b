package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which sources a model looks at.
 *
 * @param name in reports and files
 */
record View(String name, Set<Source> sources) {

  static final Set<Source> NOW = EnumSet.of(Source.LOSS, Source.SCALARS);

  static final View ALL =
      of(
          "default",
          Source.SPECTRUM,
          Source.ARCHITECTURE,
          Source.LOSS,
          Source.SCALARS,
          Source.CONFIG);
  static final View WITHOUT_SPECTRUM =
      of("without_spectrum", Source.ARCHITECTURE, Source.LOSS, Source.SCALARS, Source.CONFIG);
  static final View SPECTRUM = of("spectrum", Source.SPECTRUM);
  static final View MAX = of("le_max", Source.MAX);
  static final View MEAN = of("le_mean", Source.MEAN);
  static final View FIRST = of("pca", Source.FIRST);
  static final View LOSS = of("loss", Source.LOSS);
  static final View ARCHITECTURE = of("architecture", Source.ARCHITECTURE);
  static final View CONFIG = of("hyperparameters", Source.CONFIG);

  /** What the default is compared with, each of them a kernel on less. */
  static final List<View> BASELINES =
      List.of(MEAN, MAX, FIRST, LOSS, ARCHITECTURE, CONFIG, SPECTRUM, WITHOUT_SPECTRUM);

  static View of(String name, Source first, Source... more) {
    return new View(name, EnumSet.of(first, more));
  }

  /** What models of the monitor look at: the richest first, single sources last. */
  static List<Set<Source>> forMonitor() {
    List<Set<Source>> views = new ArrayList<>();
    for (Set<Source> measured :
        List.of(EnumSet.of(Source.SPECTRUM), EnumSet.noneOf(Source.class))) {
      for (Set<Source> config : List.of(EnumSet.of(Source.CONFIG), EnumSet.noneOf(Source.class))) {
        for (Set<Source> now :
            List.of(NOW, Set.of(Source.LOSS), Set.of(Source.SCALARS), Set.<Source>of())) {
          Set<Source> view = EnumSet.of(Source.ARCHITECTURE);
          view.addAll(measured);
          view.addAll(config);
          view.addAll(now);
          views.add(view);
        }
      }
    }
    for (Source alone : List.of(Source.LOSS, Source.MAX, Source.MEAN, Source.CONFIG)) {
      views.add(EnumSet.of(alone));
    }
    return views;
  }

  /** The indices of its columns. */
  int[] columns(List<Column> all) {
    return IntStream.range(0, all.size())
        .filter(j -> sources.contains(all.get(j).source()))
        .toArray();
  }
}
