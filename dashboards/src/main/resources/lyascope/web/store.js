// What the web socket has told so far, topic by topic. Pure: no network, no page.

/** One topic's fields: a snapshot sets them all, a delta replaces the fields it names. */
class Topic {
  seq = null;
  data = {};
  listeners = new Set();
}

export class Store {
  #topics = new Map();

  #topic(name) {
    if (!this.#topics.has(name)) this.#topics.set(name, new Topic());
    return this.#topics.get(name);
  }

  /** The topic's fields as they are now; the object is replaced, never changed. */
  data(name) {
    return this.#topic(name).data;
  }

  /** The sequence number to resume the topic from, or null where nothing was received. */
  seq(name) {
    return this.#topic(name).seq;
  }

  /** Calls `listener(data, changedFields, type)` after each frame; returns what ends it. */
  listen(name, listener) {
    const topic = this.#topic(name);
    topic.listeners.add(listener);
    return () => topic.listeners.delete(listener);
  }

  forget(name) {
    this.#topics.delete(name);
  }

  /**
   * Applies a frame. Returns false when frames before it are missing: the caller then asks for
   * the topic anew, and what is on the page stays until the fresh snapshot is here.
   */
  apply({ topic: name, seq, type, data }) {
    const topic = this.#topic(name);
    if (type === "delta") {
      if (topic.seq === null || seq > topic.seq + 1) {
        topic.seq = null;
        return false;
      }
      if (seq <= topic.seq) return true;
      topic.data = merge(topic.data, data);
    } else if (type === "snapshot") {
      topic.data = merge({}, data);
    }
    if (type !== "error") topic.seq = seq;
    const changed = new Set(Object.keys(data ?? {}));
    for (const listener of topic.listeners) listener(topic.data, changed, type);
    return true;
  }
}

/** The fields of both, the later ones winning; a field set to null is gone. */
function merge(before, change) {
  const after = { ...before, ...change };
  for (const key of Object.keys(after)) if (after[key] === null) delete after[key];
  return after;
}
