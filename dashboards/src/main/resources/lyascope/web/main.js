// The page's entrance: one connection, two views, chosen by the address after the hash.

import { authorized, setToken } from "./api.js";
import { el } from "./dom.js";
import { showFleet } from "./fleet.js";
import { Socket } from "./socket.js";
import { showConnection, showMonitor } from "./status.js";

const main = document.getElementById("main");
const scheme = location.protocol === "https:" ? "wss:" : "ws:";
const socket = new Socket(`${scheme}//${location.host}/ws`);
let endView = () => {};

/** The run an address names, or null for the fleet. */
function runInAddress() {
  const match = /^#\/run\/(.+)$/.exec(location.hash);
  try {
    return match ? decodeURIComponent(match[1]) : null;
  } catch {
    return null;
  }
}

async function route() {
  const run = runInAddress();
  endView();
  endView = () => {};
  scrollTo(0, 0);
  if (run === null) {
    document.title = "Lyascope";
    endView = showFleet(main, socket);
    return;
  }
  const { showRun } = await import("./run.js");
  if (runInAddress() === run) endView = showRun(main, socket, run);
}

function askForToken() {
  endView();
  const field = el("input", {
    type: "password", id: "token", autocomplete: "off", required: true, "data-testid": "token",
  });
  const form = el("form", { class: "token" },
    el("h1", {}, "This monitor wants a token"),
    el("p", {}, "Ask whoever runs it for a viewer token. It is kept until this tab is closed."),
    el("label", { for: "token" }, "Token"), field,
    el("button", { type: "submit" }, "Show the runs"),
    el("p", { class: "problem", role: "alert" }));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    setToken(field.value.trim());
    if (await authorized()) start();
    else form.querySelector(".problem").textContent = "The monitor does not know this token.";
  });
  main.replaceChildren(form);
  field.focus();
}

function start() {
  socket.open();
  route();
}

document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});
socket.subscribe("fleet");
socket.addEventListener("unauthorized", askForToken);
addEventListener("hashchange", route);
showConnection(socket);
showMonitor(socket);
start();
