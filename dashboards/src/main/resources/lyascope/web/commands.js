// What an operator wants of a run: the button that stops it, and what became of every command.

import { commandRun, hasOperatorToken } from "./api.js";
import { el, setAttribute, setText } from "./dom.js";
import { clock } from "./format.js";

const SHOWN = 3;
const OVER = ["finished", "failed", "stopped"];

/** What each state of a command means, said of the run. */
const WORDS = {
  stop: {
    issued: command => `Waiting for its answer${until(command)}.`,
    received: () => "It knows, and will save and stop at the end of a step.",
    saved: () => "The model is saved.",
    stopped: () => "Training has ended.",
    refused: command => `It refuses${because(command.answer)}.`,
    expired: () => "Nobody answered in time: the run goes on.",
    withdrawn: () => "Taken back: the run goes on.",
  },
  veto: {
    issued: command => `Waiting for its answer${until(command)}.`,
    refused: command => `Too late${because(command.answer)}.`,
    expired: () => "Nobody answered in time.",
  },
};

const until = command => (command.expires ? ` until ${clock(command.expires)}` : "");
const because = reason => (reason ? `: ${reason}` : "");

const KINDS = {
  stop: {
    title: "Stop this run?", confirm: "Save and stop",
    about: "Its process is asked to save the model and end. Nothing that was measured is lost.",
  },
  veto: {
    title: "Let this run go on?", confirm: "Take the stop back",
    about: "Its process is told to forget a stop that it has not obeyed yet.",
  },
};

/** The panel below a run's name; `show` is told of its commands, oldest first, and its state. */
export function commandPanel(run) {
  const list = el("ol", { class: "commands", "data-testid": "commands", "aria-live": "polite" });
  const stop = button("Stop …", () => ask(run, "stop"), "stop");
  const veto = button("Let it go on …", () => ask(run, "veto"), "veto");
  const node = el("section", { class: "run-commands", "aria-label": "Commands" }, list, veto, stop);
  let before = "";

  function show(commands, state) {
    const pending = commands.some(isOpenStop);
    setAttribute(stop, "hidden", state === undefined || OVER.includes(state) || pending ? "" : null);
    setAttribute(veto, "hidden", !OVER.includes(state) && pending ? null : "");
    const text = JSON.stringify(commands);
    if (text === before) return;
    before = text;
    list.replaceChildren(...commands.slice(-SHOWN).map(item));
  }
  show([]);
  return { node, show };
}

const isOpenStop = command =>
  command.type === "stop" && (command.state === "issued" || command.state === "received");

function button(label, pressed, name) {
  return el("button", { type: "button", class: "chip", "data-command": name, onclick: pressed }, label);
}

function item(command) {
  const words = WORDS[command.type]?.[command.state] ?? (() => command.state);
  const what = command.type === "veto" ? "told to go on" : "told to stop";
  const by = command.by ? ` by ${command.by}` : "";
  return el("li", { "data-id": command.id, "data-type": command.type, "data-state": command.state },
    el("time", { datetime: command.issued ?? null }, command.issued ? clock(command.issued) : ""),
    el("span", { class: "command-what" }, `${what}${by}${because(command.reason)}`),
    el("span", { class: "command-state" }, words(command)));
}

/** Asks for the reason and, once a tab, for the operator's token; then sends the command. */
function ask(run, kind) {
  const { title, about, confirm } = KINDS[kind];
  const reason = el("input", {
    id: "reason", maxlength: 500, autocomplete: "off", "data-testid": "reason",
  });
  const token = el("input", {
    id: "operator-token", type: "password", autocomplete: "off", "data-testid": "operator-token",
  });
  const secret = el("div", { class: "field", hidden: hasOperatorToken() },
    el("label", { for: "operator-token" }, "Operator's token, kept until this tab is closed"), token);
  const problem = el("p", { class: "problem", role: "alert" });
  const close = el("button", { type: "button", onclick: () => dialog.close() }, "Cancel");
  const send = el("button", { type: "submit", class: "decisive", "data-testid": "confirm" }, confirm);
  const form = el("form", {},
    el("h2", {}, title), el("p", {}, about),
    el("div", { class: "field" }, el("label", { for: "reason" }, "Reason, for whoever asks later"), reason),
    secret, problem, el("div", { class: "buttons" }, close, send));
  const dialog = el("dialog", { class: "command", "data-testid": "command" }, form);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    send.disabled = true;
    try {
      await commandRun(run, kind, { reason: reason.value.trim() || null }, token.value.trim());
      dialog.close();
    } catch (failure) {
      setText(problem, failure.message);
      setAttribute(secret, "hidden", hasOperatorToken() ? "" : null);
      send.disabled = false;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
