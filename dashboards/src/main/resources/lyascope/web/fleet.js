// The fleet: every run the monitor knows, live, to be sorted and filtered.

import { el, setAttribute, setText } from "./dom.js";
import { COLUMNS, size } from "./fleet-columns.js";
import { FleetTable, compareRuns } from "./fleet-table.js";
import { STATES } from "./states.js";

const PREFIX = "run/";

/** What the reader chose; kept while the tab lives, so that coming back finds the same view. */
const choice = { column: "name", descending: false, text: "", state: null };

export function runsOf(data) {
  return Object.entries(data)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([, run]) => run);
}

/** Every word of the filter must occur somewhere in what names the run. */
export function matches(run, text) {
  const haystack = [run.run, run.name, run.project, run.state, size(run), run.task, run.error?.kind]
    .filter(Boolean).join(" ").toLowerCase();
  return text.toLowerCase().split(/\s+/).every(word => haystack.includes(word));
}

/** Shows the fleet in `main`; returns what ends the view. */
export function showFleet(main, socket, look) {
  const table = new FleetTable();
  const chips = el("div", { class: "chips", role: "group", "aria-label": "Show runs by state" });
  const filter = el("input", {
    type: "search", class: "filter", placeholder: "Filter by name, project, cell…",
    "aria-label": "Filter runs", value: choice.text, "data-testid": "filter", spellcheck: "false",
  });
  const empty = el("p", { class: "empty", "data-testid": "empty", hidden: true });
  const headers = COLUMNS.map(header);
  main.replaceChildren(
    el("div", { class: "toolbar" }, el("h1", {}, "Runs"), chips, filter),
    el("div", { class: "table-wrap" },
      el("table", { class: "fleet", "data-testid": "fleet" },
        el("thead", {}, el("tr", {}, headers)), table.body)),
    empty);

  let changed = new Set();
  let frame = 0;
  const all = () => runsOf(socket.store.data("fleet"));

  function draw() {
    frame = 0;
    const runs = all();
    const column = COLUMNS.find(one => one.key === choice.column);
    const shown = runs
      .filter(run => (choice.state === null || run.state === choice.state)
        && matches(run, choice.text))
      .sort(compareRuns(column.sort, choice.descending));
    table.show(shown, changed);
    changed = new Set();
    showChips(runs);
    setAttribute(empty, "hidden", shown.length > 0 ? "" : null);
    setText(empty, emptyText(runs.length));
    headers.forEach((node, index) => setAttribute(node, "aria-sort", order(COLUMNS[index])));
  }

  function emptyText(known) {
    if (known > 0) return "No run matches the filter.";
    return socket.store.seq("fleet") === null
      ? "Waiting for the monitor…"
      : "No runs yet. A run appears here with its first message.";
  }

  const redraw = () => { frame ||= requestAnimationFrame(draw); };

  function header(column) {
    const label = column.sort
      ? el("button", { type: "button", onclick: () => sortBy(column) }, column.label)
      : column.label;
    return el("th", {
      scope: "col", class: `c-${column.key}${column.numeric ? " numeric" : ""}`,
      title: column.title, "data-column": column.key,
    }, label);
  }

  function sortBy(column) {
    choice.descending = choice.column === column.key && !choice.descending;
    choice.column = column.key;
    redraw();
  }

  const order = column =>
    column.key !== choice.column ? null : choice.descending ? "descending" : "ascending";

  function showChips(runs) {
    const states = Object.keys(STATES).filter(state =>
      state === choice.state || runs.some(run => run.state === state));
    for (const chip of [...chips.children]) {
      if (!states.includes(chip.dataset.state)) chip.remove();
    }
    states.forEach((state, index) => {
      let chip = chips.querySelector(`[data-state="${state}"]`);
      if (!chip) {
        chip = el("button", { type: "button", class: "chip", "data-state": state, onclick: () => {
          choice.state = choice.state === state ? null : state;
          redraw();
        } });
      }
      if (chips.children[index] !== chip) chips.insertBefore(chip, chips.children[index] ?? null);
      setText(chip, `${runs.filter(run => run.state === state).length} ${state}`);
      setAttribute(chip, "aria-pressed", String(choice.state === state));
    });
  }

  filter.addEventListener("input", () => {
    choice.text = filter.value;
    redraw();
  });
  const ended = socket.store.listen("fleet", (data, fields, type) => {
    for (const field of fields) {
      if (field.startsWith(PREFIX)) changed.add(field.slice(PREFIX.length));
    }
    redraw();
  });
  const clock = setInterval(() => table.tick(all()), 1000);
  socket.subscribe("fleet");
  draw();
  return () => {
    ended();
    socket.pause("fleet");
    clearInterval(clock);
    cancelAnimationFrame(frame);
  };
}
