// The page's entrance: one connection, two views, chosen by the address after the hash.

import { formatAddress, parseAddress } from "./address.js";
import { authorized, setToken } from "./api.js";
import { el } from "./dom.js";
import { showFleet } from "./fleet.js";
import { Socket } from "./socket.js";
import { showConnection, showMonitor } from "./status.js";

const main = document.getElementById("main");
const scheme = location.protocol === "https:" ? "wss:" : "ws:";
const socket = new Socket(`${scheme}//${location.host}/ws`);
const announcement = document.getElementById("announcement");
let endView = () => {};
/** Where the fleet was left, so that the way back from a run leads to the same view. */
let fleetLeft = formatAddress(null);

async function route() {
  const { run, chosen } = parseAddress(location.hash);
  endView();
  endView = () => {};
  scrollTo(0, 0);
  const look = { chosen, keep: choices => keep(run, choices) };
  if (run === null) {
    document.title = "Runs · Lyascope";
    endView = showFleet(main, socket, look);
    fleetLeft = location.hash || fleetLeft;
    return;
  }
  const { showRun } = await import("./run.js");
  if (parseAddress(location.hash).run !== run) return;
  endView = showRun(main, socket, run, look);
  main.querySelector("[data-back]")?.setAttribute("href", fleetLeft);
}

/** Writes choices into the address in place: the way back leads to the view before, not through each. */
function keep(run, choices) {
  const address = formatAddress(run, choices);
  history.replaceState(null, "", address);
  if (run === null) fleetLeft = address;
}

/** After a change of view the reader goes on at its heading, and hears which it is. */
async function navigate() {
  await route();
  const heading = main.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  announcement.textContent = document.title;
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
socket.addEventListener("unauthorized", askForToken);
addEventListener("hashchange", navigate);
showConnection(socket);
showMonitor(socket);
start();
