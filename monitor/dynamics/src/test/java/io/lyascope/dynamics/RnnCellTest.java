package io.lyascope.dynamics;

import io.lyascope.snapshot.Snapshot;
import java.util.List;

class RnnCellTest extends CellContract {

  @Override
  List<Snapshot> networks() {
    return List.of(
        Networks.random(Networks.architecture("rnn", 2, 6, 1, true), 1.5, 1),
        Networks.random(Networks.architecture("rnn", 3, 5, 2, false), 1.5, 2),
        Networks.random(Networks.architecture("rnn", 1, 3, 3, true), 1.2, 3));
  }
}
