package io.lyascope.dynamics;

import io.lyascope.snapshot.Snapshot;
import java.util.List;

class LstmCellTest extends CellContract {

  @Override
  List<Snapshot> networks() {
    return List.of(
        Networks.random(Networks.architecture("lstm", 2, 5, 1, true), 2, 1),
        Networks.random(Networks.architecture("lstm", 3, 4, 2, false), 2, 2),
        Networks.random(Networks.architecture("lstm", 1, 3, 3, true), 1.5, 3));
  }
}
