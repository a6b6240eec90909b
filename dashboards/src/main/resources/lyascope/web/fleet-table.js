// The table's rows, keyed by run: a row is made once and afterwards only its changed cells are
// touched, so that focus, scroll position and selection survive any number of updates.

import { el } from "./dom.js";
import { COLUMNS } from "./fleet-columns.js";

/** Orders runs by a column; runs without a value come last either way, ties go by run id. */
export function compareRuns(sortValue, descending) {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const x = sortValue(a);
    const y = sortValue(b);
    if (x !== y) {
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y ? -sign : sign;
    }
    return a.run < b.run ? -1 : a.run > b.run ? 1 : 0;
  };
}

export class FleetTable {
  body = el("tbody", { "data-testid": "fleet-rows" });
  #rows = new Map();

  /** Makes the body show these runs in this order; `changed` names the runs to draw anew. */
  show(runs, changed) {
    const wanted = new Set(runs.map(run => run.run));
    for (const [id, row] of this.#rows) {
      if (wanted.has(id)) continue;
      row.node.remove();
      this.#rows.delete(id);
    }
    const focused = document.activeElement;
    let next = this.body.firstChild;
    for (const run of runs) {
      const row = this.#row(run, changed);
      if (row.node === next) next = next.nextSibling;
      else this.body.insertBefore(row.node, next);
    }
    if (focused !== document.activeElement && this.body.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  /** Draws the cells that change by the mere passing of time. */
  tick(runs) {
    for (const run of runs) this.#rows.get(run.run)?.cells.get("last_seen").show(run);
  }

  #row(run, changed) {
    const known = this.#rows.get(run.run);
    const row = known ?? this.#create(run.run);
    if (!known || changed === "all" || changed.has(run.run)) {
      for (const cell of row.cells.values()) cell.show(run);
    }
    return row;
  }

  #create(id) {
    const cells = new Map(COLUMNS.map(column => [column.key, column.cell()]));
    const node = el("tr", { "data-run": id, "data-testid": "fleet-row" },
      COLUMNS.map(column => el(column.key === "name" ? "th" : "td", {
        class: `c-${column.key}${column.numeric ? " numeric" : ""}`,
        scope: column.key === "name" ? "row" : null,
      }, cells.get(column.key).node)));
    const row = { node, cells };
    this.#rows.set(id, row);
    return row;
  }
}
