// A run's readings and scalars in order of step, and the axes they can be drawn along. Pure.

import { finite, toNumber } from "./format.js";

const key = reading => `${reading.attempt}/${reading.step}`;
const LOSS_FIELDS = { train_loss: "train_loss", val_loss: "val_loss" };

export class History {
  #readings = new Map();
  #series = {};

  /** Replaces everything by what the server keeps. */
  load(readings, series) {
    this.#readings = new Map(readings.map(reading => [key(reading), reading]));
    this.#series = Object.fromEntries(
      Object.entries(series ?? {}).map(([name, points]) => [name, points.slice()]));
  }

  /** Adds or replaces the reading of one step. */
  add(reading) {
    if (reading) this.#readings.set(key(reading), reading);
  }

  /** Adds the losses of a run's summary, if they are newer than what is known. */
  scalars(summary) {
    for (const [name, field] of Object.entries(LOSS_FIELDS)) {
      const value = toNumber(summary?.[field]);
      const points = (this.#series[name] ??= []);
      const last = points.at(-1);
      if (value !== null && summary.step > (last ? last[0] : -1)
        && (!last || toNumber(last[1]) !== value)) {
        points.push([summary.step, summary[field]]);
      }
    }
  }

  /** All readings of the newest attempt, by step. */
  readings() {
    const all = [...this.#readings.values()];
    const attempt = Math.max(0, ...all.map(reading => reading.attempt ?? 0));
    return all
      .filter(reading => (reading.attempt ?? 0) === attempt)
      .sort((one, other) => one.step - other.step);
  }

  /** The readings that hold a spectrum. */
  measured() {
    return this.readings().filter(reading => Array.isArray(reading.exponents));
  }

  /** The readings that hold a feed-forward network's exponents instead. */
  layered() {
    return this.readings().filter(reading => Array.isArray(reading.finite_time?.per_input));
  }

  newestLayered() {
    return this.layered().at(-1) ?? null;
  }

  /** The readings that hold an error in its place. */
  refused() {
    return this.readings().filter(reading => reading.error);
  }

  newest() {
    return this.readings().at(-1) ?? null;
  }

  newestMeasured() {
    return this.measured().at(-1) ?? null;
  }

  /** The pairs [step, number] of one scalar; numbers may be NaN or infinite. */
  series(name) {
    return (this.#series[name] ?? []).map(([step, value]) => [step, toNumber(value)]);
  }

  /** How steps become positions on the chosen axis. */
  axis(kind, summary) {
    if (kind === "progress") {
      const total = finite(summary?.total_steps);
      const known = this.readings().filter(reading => finite(reading.progress) !== null);
      const at = total
        ? step => (100 * step) / total
        : interpolation(known.map(reading => [reading.step, 100 * reading.progress]));
      return { kind, name: "progress, % of the plan", type: "value", at };
    }
    if (kind === "time") {
      const known = this.readings().map(reading => [reading.step, Date.parse(reading.time)]);
      return { kind, name: "time of measurement", type: "time", at: interpolation(known) };
    }
    return { kind: "step", name: "training step", type: "value", at: step => step };
  }
}

/** Straight lines between known points, continued beyond the last ones; null where unknown. */
export function interpolation(points) {
  const known = points.filter(([, y]) => Number.isFinite(y));
  if (known.length < 2) return step => known.find(([x]) => x === step)?.[1] ?? null;
  return step => {
    let i = known.findIndex(([x]) => x >= step);
    i = Math.max(1, i < 0 ? known.length - 1 : i);
    const [[x0, y0], [x1, y1]] = [known[i - 1], known[i]];
    return x1 === x0 ? y1 : y0 + ((step - x0) * (y1 - y0)) / (x1 - x0);
  };
}
