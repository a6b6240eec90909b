// Who gave the verdict: what the predictor was trained on, and how good it is.

import { el, setText } from "./dom.js";
import { decimal, toNumber } from "./format.js";

const LONGEST = 400;

export function predictorCard() {
  const title = el("h3", { "data-field": "predictor" }, "Predictor");
  const facts = el("dl", { class: "predictor-facts" });
  const node = el("section", { class: "card predictor", "data-testid": "predictor" },
    el("div", { class: "card-head" }, title), facts,
    el("p", { class: "figcaption" }, "Trained on finished runs and tested on others of them. A "
      + "verdict is calibrated on runs like these and means nothing elsewhere."));
  let shown = null;

  function show(predictor, name) {
    setText(title, name ? `Predictor ${name.name}` : "No predictor was asked");
    // The card itself comes a moment after the first prediction.
    const key = `${name?.digest ?? ""} ${predictor ? "known" : "unknown"}`;
    if (shown === key) return;
    shown = key;
    facts.replaceChildren(...rows(predictor, name).map(([label, value]) =>
      el("div", {}, el("dt", {}, label), el("dd", {}, value))));
  }
  return { node, show };
}

function rows(predictor, name) {
  if (!predictor) {
    return name ? [["Digest", name.digest.slice(0, 12)], ["Card", "it is not loaded any more"]] : [];
  }
  return [
    ["Task", predictor.task],
    ["Architectures", predictor.architectures.join(", ")],
    ["Protocol", protocol(predictor.protocol)],
    ...seen(predictor.card?.domain ?? {}),
    ...flat(rest(predictor.card ?? {})),
    ["Digest", predictor.digest.slice(0, 12)],
  ];
}

const protocol = ({ name, state, burn_in: burnIn, steps }) =>
  [name, `${state} state`, `${steps} steps after ${burnIn}`].filter(Boolean).join(", ");

/** What the rows above say already. */
const SAID = ["name", "task", "protocol", "domain"];

const rest = card => Object.fromEntries(Object.entries(card).filter(([key]) => !SAID.includes(key)));

/** Between which values the training runs lay. */
function seen(domain) {
  return Object.entries(domain).map(([name, [least, most]]) =>
    [`Trained with ${name.replace(/^config\./, "").replaceAll("_", " ")}`,
      least === most ? text(least) : `${text(least)} to ${text(most)}`]);
}

/** The card's fields, nested ones by their dotted names; whatever a predictor's author wrote. */
function flat(card, prefix = "") {
  return Object.entries(card).flatMap(([key, value]) => {
    const label = `${prefix}${key.replaceAll("_", " ")}`;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      return flat(value, `${label} · `);
    }
    return value === null ? [] : [[label, text(value)]];
  });
}

function text(value) {
  const number = toNumber(value);
  const words = number !== null && !Number.isInteger(number) ? decimal(number, 3)
    : Array.isArray(value) ? value.map(one => text(one)).join(", ") : String(value);
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
