// The newest spectrum: all exponents in descending order, with their error.

import { decimal, finite, toNumber } from "../format.js";
import { axis, card } from "./chart.js";
import { band, line, zero } from "./series.js";

const RESOLVED = 1e-7;

/** Whether exponent i is lost in rounding or exactly minus infinity. */
export function isDead(reading, i) {
  const resolution = toNumber(reading.resolution?.[i]);
  return finite(reading.exponents[i]) === null || (resolution !== null && !(resolution < RESOLVED));
}

export function spectrum() {
  return card({
    id: "spectrum",
    title: "Lyapunov spectrum now",
    meaning: "Each point is one direction of the state: above zero small differences grow, below "
      + "they fade. The band is the 95 % interval. Grey: dead "
      + "directions, which double precision cannot tell from nothing. Dashed: still being measured.",
    option,
    label: ({ history }) => {
      const reading = history.newestMeasured();
      return reading ? `Spectrum of ${reading.exponents.length} exponents, largest ${decimal(reading.max)}`
        : "No spectrum yet";
    },
  });
}

const places = reading => reading.exponents.map((_, i) => (i + 0.5) / reading.exponents.length);

function option({ history, live }, color) {
  const reading = history.newestMeasured();
  const growing = live && Array.isArray(live.exponents) ? live : null;
  const shown = reading ?? growing;
  if (!shown) return null;
  const xs = places(shown);
  const alive = shown.exponents.map((value, i) => (isDead(shown, i) ? null : finite(value)));
  const floor = bottom(alive);
  const series = [
    ...(shown.interval ? [band("95 %", edges(shown, xs, alive), color.band)] : []),
    line("exponent", xs.map((x, i) => [x, alive[i]]), color.contract, { markLine: zero(color) }),
    dead(shown, xs, floor, color),
  ];
  if (growing && growing !== shown) {
    series.push(line("being measured", places(growing).map((x, i) =>
      [x, isDead(growing, i) ? null : finite(growing.exponents[i])]), color.expand,
    { symbol: "none", lineStyle: { width: 1.2, type: "dashed", color: color.expand } }));
  }
  return {
    xAxis: axis(color, "rank of the exponent, 0 = largest", { type: "value", min: 0, max: 1 }),
    yAxis: axis(color, "nats per step", { type: "value", vertical: true, scale: false, min: floor }),
    series,
  };
}

function edges(reading, xs, alive) {
  return xs.map((x, i) => {
    const [low, high] = (reading.interval.exponents[i] ?? []).map(finite);
    return alive[i] === null ? [x, null, null] : [x, low ?? null, high ?? null];
  });
}

/** Dead exponents have no place on the axis: they are marked along its lower edge. */
function dead(reading, xs, floor, color) {
  const gone = xs.filter((_, i) => isDead(reading, i));
  return {
    name: "dead", type: "scatter", symbol: "triangle", symbolRotate: 180, symbolSize: 6,
    itemStyle: { color: color.dead }, silent: true, data: gone.map(x => [x, floor]),
    tooltip: { show: false },
  };
}

function bottom(values) {
  const known = values.filter(value => value !== null);
  if (known.length === 0) return -1;
  const low = Math.min(0, ...known);
  const span = Math.max(0.1, Math.max(0, ...known) - low);
  const power = 10 ** Math.floor(Math.log10(span));
  const step = span > 5 * power ? 2 * power : power;
  return Math.floor((low - 0.08 * span) / step) * step;
}
