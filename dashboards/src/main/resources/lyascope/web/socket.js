// The one connection to the server: it subscribes, resumes where it stopped, and backs off.

import { Store } from "./store.js";
import { authorized, token } from "./api.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 10_000;

/** The protocols offered at the handshake: a token never travels in an address. */
function protocols() {
  const secret = token();
  if (!secret) return ["lyascope"];
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
  const base64url = btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  return ["lyascope", `bearer.${base64url}`];
}

/**
 * Keeps one web socket open. Fires `state` whenever its connection state changes and
 * `unauthorized` when the server asks for a token.
 */
export class Socket extends EventTarget {
  store = new Store();
  /** `connecting`, `live`, `reconnecting` or `offline`, and since when. */
  state = { phase: "connecting", since: Date.now() };
  #topics = new Set();
  #socket = null;
  #failures = 0;
  #timer = 0;

  constructor(address) {
    super();
    this.address = address;
    addEventListener("online", () => this.#retryNow());
    addEventListener("offline", () => this.#enter("offline"));
  }

  open() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.address, protocols());
    this.#socket = socket;
    socket.onopen = () => {
      this.#failures = 0;
      this.#enter("live");
      this.#subscribe([...this.#topics]);
    };
    socket.onmessage = message => this.#receive(message.data);
    socket.onclose = () => this.#lost();
  }

  subscribe(topic) {
    this.#topics.add(topic);
    this.#subscribe([topic]);
  }

  unsubscribe(topic) {
    this.pause(topic);
    this.store.forget(topic);
  }

  /** Hears no more of a topic and keeps what it knows, to go on from there with `subscribe`. */
  pause(topic) {
    this.#topics.delete(topic);
    this.#send({ op: "unsubscribe", topics: [topic] });
  }

  #subscribe(topics) {
    if (topics.length === 0) return;
    const since = {};
    for (const topic of topics) {
      const seq = this.store.seq(topic);
      if (seq !== null) since[topic] = seq;
    }
    this.#send({ op: "subscribe", topics, since });
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(text) {
    const frame = JSON.parse(text);
    if (!this.#topics.has(frame.topic)) return;
    if (!this.store.apply(frame)) this.#subscribe([frame.topic]);
  }

  async #lost() {
    this.#socket = null;
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#failures++);
    this.#enter(this.#failures > 3 || !navigator.onLine ? "offline" : "reconnecting");
    // The handshake hides its status from scripts, so plain HTTP is asked whether a token is wanted.
    if (!(await authorized())) {
      this.dispatchEvent(new Event("unauthorized"));
      return;
    }
    this.#timer = setTimeout(() => this.open(), delay * (0.5 + Math.random() / 2));
  }

  #retryNow() {
    if (this.#socket === null) this.open();
  }

  #enter(phase) {
    if (this.state.phase === phase) return;
    const wasUp = this.state.phase === "live" || this.state.phase === "connecting";
    const since = phase === "live" || wasUp ? Date.now() : this.state.since;
    this.state = { phase, since };
    this.dispatchEvent(new Event("state"));
  }
}
