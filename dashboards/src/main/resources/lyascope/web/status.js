// The connection and the monitor's own health, in the masthead and as notices below it.

import { clock, count, finite } from "./format.js";
import { el, setText } from "./dom.js";

const WORDS = {
  connecting: () => "connecting",
  live: () => "live",
  reconnecting: since => `reconnecting, last data ${clock(since)}`,
  offline: since => `offline since ${clock(since)}`,
};

const LOSSES = [
  ["dropped", "snapshots were dropped"],
  ["dead_letters", "records could not be read and went to the dead-letter topic"],
];

/** Counters under any of the names a monitor may give them, read as numbers. */
const counter = (monitor, name) => finite(monitor?.[name] ?? monitor?.[`${name}_total`]) ?? 0;

/** Shows the socket's state; text changes only with the state, so it is announced once. */
export function showConnection(socket) {
  const node = document.getElementById("link");
  const show = () => {
    const { phase, since } = socket.state;
    node.dataset.phase = phase;
    node.replaceChildren(
      el("span", { class: "link-dot", "aria-hidden": "true" }), WORDS[phase](since));
    document.body.classList.toggle("stale", phase === "offline" || phase === "reconnecting");
  };
  socket.addEventListener("state", show);
  show();
}

/** Shows what the monitor says of itself, on a topic of its own under every view. */
export function showMonitor(socket) {
  const line = document.getElementById("monitor");
  const notices = document.getElementById("notices");
  socket.store.listen("monitor", monitor => {
    setText(line, facts(monitor).join(" · "));
    const text = warnings(monitor).join(" ");
    if (notices.textContent === text) return;
    notices.replaceChildren(...(text ? [el("p", { class: "notice" }, text)] : []));
  });
  socket.subscribe("monitor");
}

function kafkaState(monitor) {
  const kafka = monitor.kafka;
  return typeof kafka === "object" && kafka !== null ? kafka.state : kafka;
}

function facts(monitor) {
  const kafka = kafkaState(monitor);
  const superseded = counter(monitor, "superseded");
  return [
    monitor.version ? `version ${monitor.version}` : null,
    kafka ? `Kafka ${kafka}` : null,
    superseded > 0 ? `${count(superseded)} superseded` : null,
  ].filter(Boolean);
}

function warnings(monitor) {
  const kafka = kafkaState(monitor);
  const lines = LOSSES.filter(([name]) => counter(monitor, name) > 0)
    .map(([name, words]) => `${count(counter(monitor, name))} ${words}.`);
  if (kafka && !["connected", "up", "ok", "running"].includes(String(kafka).toLowerCase())) {
    lines.unshift(`Kafka is ${kafka}: what is shown may be behind.`);
  }
  return lines;
}
