// All exponents over training as a picture: one column a reading, the largest at the top.

import { el, setText } from "../dom.js";
import { decimal, finite } from "../format.js";
import { axis, card, trainingAxis } from "./chart.js";
import { isDead } from "./spectrum.js";

const WIDTH = 640;

export function spectrogram() {
  const low = el("span", {});
  const high = el("span", {});
  const legend = el("div", { class: "ramp", "aria-hidden": "true" },
    low, el("span", { class: "ramp-bar" }), high, el("span", { class: "ramp-dead" }), "dead");
  return card({
    id: "spectrogram",
    title: "Spectrum over training",
    meaning: "Each column is a snapshot, from the largest exponent (top) to the smallest. Orange "
      + "grows, blue fades, pale is close to zero: the directions that can carry information over "
      + "long times. A column that turns dark blue or grey has lost them.",
    extra: [legend],
    option: (view, color) => {
      const made = option(view, color);
      setText(low, decimal(-made?.reach, 2));
      setText(high, `+${decimal(made?.reach, 2)}`);
      return made?.option ?? null;
    },
    label: ({ history }) => `Spectra of ${history.measured().length} snapshots over training`,
  });
}

function option({ history, axis: training }, color) {
  const columns = history.measured()
    .map(reading => ({ reading, x: training.at(reading.step) }))
    .filter(column => column.x !== null);
  if (columns.length === 0) return null;
  const reach = scale(columns);
  const range = extent(columns.map(column => column.x));
  const picture = paint(columns, range, reach, color);
  return {
    reach,
    option: {
      xAxis: { ...trainingAxis(color, training), min: range[0], max: range[1] },
      yAxis: axis(color, "rank, 0 = largest",
        { type: "value", vertical: true, min: 0, max: 1, inverse: true, splitLine: { show: false } }),
      tooltip: { show: false },
      series: [{
        type: "custom", silent: true, data: [[range[0], 0]],
        renderItem: (_, api) => {
          const [left, top] = api.coord([range[0], 0]);
          const [right, bottom] = api.coord([range[1], 1]);
          return {
            type: "image",
            style: { image: picture, x: left, y: top, width: right - left, height: bottom - top },
          };
        },
      }],
    },
  };
}

/** The exponent of the darkest colour: most of all resolved ones are within. */
function scale(columns) {
  const sizes = columns
    .flatMap(({ reading }) => reading.exponents.filter((_, i) => !isDead(reading, i)))
    .map(value => Math.abs(finite(value) ?? 0))
    .sort((one, other) => one - other);
  return Math.max(0.05, sizes[Math.floor(0.95 * (sizes.length - 1))] ?? 1);
}

function extent(xs) {
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  return high > low ? [low, high] : [low, low + 1];
}

/** A column holds until the next one. */
function paint(columns, [from, to], reach, color) {
  const height = Math.max(...columns.map(({ reading }) => reading.exponents.length));
  const canvas = el("canvas", { width: WIDTH, height });
  const context = canvas.getContext("2d");
  columns.forEach(({ reading, x }, index) => {
    const left = Math.round((WIDTH * (x - from)) / (to - from));
    const next = index + 1 < columns.length ? columns[index + 1].x : to;
    const width = Math.max(2, Math.round((WIDTH * (next - from)) / (to - from)) - left);
    const n = reading.exponents.length;
    reading.exponents.forEach((value, i) => {
      context.fillStyle = isDead(reading, i) ? color.dead : shade(finite(value), reach, color);
      const top = Math.floor((i * height) / n);
      const bottom = Math.ceil(((i + 1) * height) / n);
      context.fillRect(Math.min(left, WIDTH - width), top, width, bottom - top);
    });
  });
  return canvas;
}

/** Square root, so that what is close to zero can still be told apart. */
function shade(value, reach, color) {
  const share = Math.sqrt(Math.min(1, Math.abs(value) / reach));
  const end = value > 0 ? color.expand : color.contract;
  return `color-mix(in srgb, ${end} ${Math.round(100 * share)}%, ${color.surface})`;
}
