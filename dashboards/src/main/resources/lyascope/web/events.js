// What happened to a run besides being measured, newest first.

import { el } from "./dom.js";
import { clock, count } from "./format.js";

const SHOWN = 50;

export function eventList() {
  const list = el("ol", { class: "events", "data-testid": "events" });
  const node = el("section", { class: "card" },
    el("div", { class: "card-head" }, el("h3", {}, "Events")), list);
  let before = "";

  function show(events) {
    const text = JSON.stringify(events);
    if (text === before) return;
    before = text;
    const newest = events.slice(-SHOWN).reverse();
    list.replaceChildren(...(newest.length > 0 ? newest.map(item) : [nothing()]));
  }
  show([]);
  return { node, show };
}

const nothing = () => el("li", { class: "quiet" }, "Nothing out of the ordinary.");

function item(event) {
  return el("li", { "data-kind": event.kind },
    el("time", { datetime: event.time }, clock(event.time)),
    el("span", { class: "event-step" }, event.step === null || event.step === undefined
      ? "" : `step ${count(event.step)}`),
    el("span", { class: "event-kind" }, String(event.kind ?? "").replaceAll("_", " ")),
    el("span", { class: "event-text" }, event.text ?? ""));
}
