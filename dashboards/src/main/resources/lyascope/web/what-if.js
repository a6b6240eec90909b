// What spectrum another final loss would need: asked of the predictor when the reader wants to know.

import { readWhatIf } from "./api.js";
import { el, setAttribute, setText, svg } from "./dom.js";
import { decimal, finite } from "./format.js";

/** A question and its answer below the verdict. */
export function whatIf(run) {
  const loss = el("input", { type: "number", step: "any", required: true, name: "loss",
    "aria-label": "Final loss that is wanted" });
  const words = el("p", { role: "status", "data-testid": "what-if-words" });
  const picture = el("div", { class: "what-if-picture" });
  const warning = el("p", { class: "figcaption" });
  const form = el("form", { class: "what-if-form", onsubmit: ask },
    el("label", {}, "A final loss of ", loss), el("button", { type: "submit" }, "would need …"));
  const node = el("details", { class: "what-if", "data-testid": "what-if" },
    el("summary", {}, "What spectrum would a better end need?"), form, words, picture, warning);

  async function ask(event) {
    event.preventDefault();
    setText(words, "Asking …");
    try {
      answer(await readWhatIf(run, loss.value));
    } catch (failure) {
      setText(words, failure.message);
      setText(warning, "");
      picture.replaceChildren();
    }
  }

  function answer(told) {
    setText(words, `The autoencoder predicts ${decimal(told.predicted_loss)} from the spectrum as it `
      + `is, and ${decimal(told.reencoded_loss)} from the one below, which was made for `
      + `${decimal(told.wanted_loss)}.`);
    setText(warning, told.warning);
    picture.replaceChildren(curves(told.present, told.needed),
      el("p", { class: "key" }, el("span", { class: "key-now" }, "as it is, decoded"),
        el("span", { class: "key-value" }, "as it would have to be")));
  }

  /** Only where the spectrum was looked at is there a place in latent space to move from. */
  function show(prediction) {
    setAttribute(node, "hidden", prediction.map ? null : "");
    if (loss.value === "" && finite(prediction.threshold_loss) !== null) {
      loss.value = Number(prediction.threshold_loss).toPrecision(3);
    }
  }
  return { node, show };
}

function curves(present, needed) {
  const all = [...present, ...needed, 0];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const y = value => 116 - (112 * (value - low)) / span;
  const path = values => `M${values.map((value, i) =>
    `${(300 * (i + 0.5)) / values.length} ${y(value)}`).join(" L")}`;
  return svg("svg", { viewBox: "0 0 300 120", role: "img", "aria-label":
    `Exponents from ${decimal(present[0])} to ${decimal(present.at(-1))}, needed from `
      + `${decimal(needed[0])} to ${decimal(needed.at(-1))}` },
  svg("path", { class: "zero", d: `M0 ${y(0)} H300` }),
  svg("path", { class: "present", d: path(present) }),
  svg("path", { class: "needed", d: path(needed) }));
}
