// All exponents over training as a picture: one column a reading, the largest at the top.

import { el, setText } from "../dom.js";
import { count, decimal, finite } from "../format.js";
import { axis, card, trainingAxis } from "./chart.js";
import { palette, paint } from "./picture.js";
import { marks, refusals } from "./series.js";
import { isDead } from "./spectrum.js";

export function spectrogram() {
  const low = el("span", {});
  const high = el("span", {});
  const legend = el("div", { class: "ramp", "aria-hidden": "true" },
    low, el("span", { class: "ramp-bar" }), high, el("span", { class: "ramp-dead" }), "dead");
  let drawn = { key: null };

  /** The picture and its scale; made anew only when a column came or the axis changed. */
  function picture(columns, range, color) {
    const places = columns.map(({ reading, x }) => `${reading.attempt}/${reading.step}@${x}`);
    const key = [color.expand, ...places].join(" ");
    if (drawn.key !== key) {
      const reach = scale(columns);
      drawn = { key, reach, canvas: paint(columns, range, reach, palette(color)) };
    }
    return drawn;
  }

  return card({
    id: "spectrogram",
    title: "Spectrum over training",
    meaning: "Each column is a snapshot, from the largest exponent (top) to the smallest. Orange "
      + "grows, blue fades, and the fainter the colour the closer to zero: the directions that "
      + "carry information over long times. Where a column turns strong blue or grey they are lost.",
    extra: [legend],
    option: (view, color) => {
      const columns = columnsOf(view);
      if (!columns.some(({ reading }) => reading.exponents)) return null;
      const range = extent(columns.map(column => column.x));
      const { reach, canvas } = picture(columns, range, color);
      setText(low, decimal(-reach, 2));
      setText(high, `+${decimal(reach, 2)}`);
      return option(view, columns, range, canvas, color);
    },
    label: ({ history }) => `Spectra of ${history.measured().length} snapshots over training`,
  });
}

/** Every reading with a place on the axis; a refused one keeps its place and stays empty. */
const columnsOf = ({ history, axis: training }) => history.readings()
  .map(reading => ({ reading, x: training.at(reading.step) }))
  .filter(column => column.x !== null);

function option(view, columns, range, canvas, color) {
  return {
    xAxis: { ...trainingAxis(color, view.axis), min: range[0], max: range[1] },
    yAxis: axis(color, "rank, 0 = largest",
      { type: "value", vertical: true, min: 0, max: 1, inverse: true, splitLine: { show: false } }),
    series: [
      {
        name: "spectrum", type: "custom", silent: true, data: columns.map(({ x }) => [x, 0]),
        tooltip: { trigger: "axis" },
        renderItem: ({ dataIndex }, api) => (dataIndex === 0 ? image(canvas, range, api) : null),
      },
      marks(refusals(view), color),
    ],
    tooltip: {
      trigger: "axis", confine: true, renderMode: "richText", backgroundColor: color.surface,
      borderColor: color.strong, textStyle: { color: color.ink, fontSize: 12 },
      formatter: shown => {
        const column = [shown].flat().find(one => one.seriesName === "spectrum");
        return column ? words(columns[column.dataIndex].reading) : "";
      },
    },
  };
}

function image(canvas, range, api) {
  const [left, top] = api.coord([range[0], 0]);
  const [right, bottom] = api.coord([range[1], 1]);
  const style = { image: canvas, x: left, y: top, width: right - left, height: bottom - top };
  return { type: "image", style };
}

function words(reading) {
  const step = `step ${count(reading.step)}`;
  if (reading.error) return `${step}\nnot measured`;
  return [
    step,
    `largest ${decimal(reading.max)}`,
    `mean ${decimal(reading.mean_finite ?? reading.mean)}`,
    `${count(reading.positive)} growing, ${count(reading.dead)} dead`,
  ].join("\n");
}

/** The exponent of the strongest colour: most of all resolved ones are within. */
function scale(columns) {
  const sizes = Float64Array.from(columns.flatMap(({ reading }) => (reading.exponents ?? [])
    .filter((_, i) => !isDead(reading, i))
    .map(value => Math.abs(finite(value))))).sort();
  return Math.max(0.05, sizes[Math.floor(0.95 * (sizes.length - 1))] ?? 1);
}

function extent(xs) {
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  return high > low ? [low, high] : [low, low + 1];
}
