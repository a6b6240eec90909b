// One run: what kind of dynamical system its network is now, and how it became that.

import { readPredictions, readPredictors, readReadings, readScalars } from "./api.js";
import { foretold } from "./charts/foretold.js";
import { latentMap } from "./charts/latent-map.js";
import { layers } from "./charts/layers.js";
import { losses } from "./charts/losses.js";
import { quantities } from "./charts/quantities.js";
import { spectrogram } from "./charts/spectrogram.js";
import { spectrum } from "./charts/spectrum.js";
import { commandPanel } from "./commands.js";
import { el, setAttribute, setText } from "./dom.js";
import { eventList } from "./events.js";
import { History } from "./history.js";
import { Predictions } from "./predictions.js";
import { predictionPanel } from "./prediction.js";
import { runHeader } from "./run-header.js";

const POINTS = 300;

const AXES = { step: "Step", progress: "Progress", time: "Time" };

/** The reader's choices, as the address says. */
const choices = chosen => ({
  axis: Object.hasOwn(AXES, chosen.get("axis")) ? chosen.get("axis") : "step",
  logarithmic: chosen.get("log") === "1",
});

/** Shows a run in `main`; returns what ends the view. */
export function showRun(main, socket, run, look) {
  const choice = choices(look.chosen);
  const decided = () => {
    look.keep({
      axis: choice.axis === "step" ? null : choice.axis, log: choice.logarithmic ? "1" : null,
    });
    draw();
  };
  const topic = `run/${run}`;
  const history = new History();
  const header = runHeader(run);
  const commands = commandPanel(run);
  const events = eventList();
  const loss = losses(choice, decided);
  const predictions = new Predictions();
  const map = latentMap();
  const prediction = predictionPanel(run, map);
  const kinds = {
    recurrent: [spectrum(), spectrogram(), ...quantities(), loss, foretold()],
    layered: [...layers(), loss],
  };
  const grid = el("div", { class: "charts" });
  let charts = [];
  const axes = axisSwitch(choice, decided);
  const problem = el("p", { class: "notice", role: "alert", hidden: true });
  main.replaceChildren(
    header.node,
    commands.node,
    problem,
    prediction.node,
    el("div", { class: "toolbar run-toolbar" }, el("h2", {}, "What the network does"), axes),
    grid);

  const abort = new AbortController();
  let frame = 0;
  let known = false;
  let loads = 0;

  function draw() {
    frame = 0;
    const data = socket.store.data(topic);
    history.add(data.latest);
    predictions.add(data.prediction);
    header.show(data.summary, history.newestMeasured() ?? history.newestLayered());
    commands.show(data.commands ?? [], data.summary?.state);
    events.show(data.events ?? [], data.summary);
    choose(data.summary?.cell === "feedforward" ? kinds.layered : kinds.recurrent);
    const view = {
      ...choice, history, predictions: predictions.all(),
      landmarks: predictions.landmarks(data.prediction?.predictor), live: data.live ?? null, axis: history.axis(choice.axis, data.summary),
    };
    for (const chart of charts) chart.show(view);
    if (data.prediction) map.show(view);
    prediction.show({
      prediction: data.prediction, summary: data.summary, predictors: predictions.predictors,
      loaded: socket.store.data("monitor").predictors,
    });
  }
  /** Layers have no spectrum: what kind a network is shows with its first snapshot. */
  function choose(wanted) {
    if (charts === wanted) return;
    charts = wanted;
    grid.replaceChildren(...charts.map(chart => chart.node), events.node);
  }

  const redraw = () => { frame ||= requestAnimationFrame(draw); };

  async function load() {
    const own = ++loads;
    try {
      const [readings, scalars, foretoldSoFar, loaded] = await Promise.all([
        readReadings(run, { points: POINTS }, abort.signal),
        readScalars(run, { points: 4 * POINTS }, abort.signal),
        readPredictions(run, { points: POINTS }, abort.signal),
        readPredictors(abort.signal),
      ]);
      if (own !== loads) return;
      predictions.load(foretoldSoFar.predictions, loaded.predictors);
      history.load(readings.readings, scalars.series);
      setAttribute(problem, "hidden", "");
      redraw();
    } catch (failure) {
      // An answer that was overtaken by a later question is of no interest.
      if (abort.signal.aborted || own !== loads) return;
      setText(problem, failure.status === 404
        ? "The monitor has not heard of this run yet. It appears here as soon as it publishes."
        : `The history of this run could not be read: ${failure.message}`);
      setAttribute(problem, "hidden", null);
    }
  }

  // A delta carries the newest reading only; after a gap the history is read anew, and when a run
  // of which nothing was known, whose page its process has printed early, is heard of.
  const ended = socket.store.listen(topic, (data, fields, type) => {
    if (type === "snapshot" || (!known && data.summary)) load();
    known = Boolean(data.summary);
    history.scalars(data.summary);
    redraw();
  });
  const clock = setInterval(() => header.tick(), 1000);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const restyle = () => {
    for (const chart of [...charts, map]) chart.restyle();
    redraw();
  };
  dark.addEventListener("change", restyle);
  socket.subscribe(topic);
  document.title = `${run.slice(0, 60)} · Lyascope`;
  load();
  draw();
  return () => {
    abort.abort();
    ended();
    clearInterval(clock);
    cancelAnimationFrame(frame);
    dark.removeEventListener("change", restyle);
    socket.unsubscribe(topic);
    for (const chart of new Set([...Object.values(kinds).flat(), map])) chart.end();
  };
}

function axisSwitch(choice, changed) {
  const group = el("div", { class: "chips", role: "group", "aria-label": "Horizontal axis" });
  for (const [key, label] of Object.entries(AXES)) {
    group.append(el("button", {
      type: "button", class: "chip", "data-axis": key,
      "aria-pressed": String(choice.axis === key),
      onclick: () => {
        choice.axis = key;
        for (const chip of group.children) {
          setAttribute(chip, "aria-pressed", String(chip.dataset.axis === key));
        }
        changed();
      },
    }, label));
  }
  return group;
}
