// Lines over training: values with their 95 % bands, and marks where there is no value.

/** A line; points without a value leave a gap. */
export function line(name, points, color, more = {}) {
  return {
    name, type: "line", data: points, symbol: "circle", symbolSize: points.length > 60 ? 0 : 4,
    showSymbol: points.length <= 60, connectNulls: false, lineStyle: { width: 1.8, color },
    itemStyle: { color }, ...more,
  };
}

/** The area between two edges, given as [x, low, high]; points without edges are left out. */
export function band(name, points, color) {
  const known = points.filter(([x, low, high]) => x !== null && low !== null && high !== null);
  return {
    // Both edges are the series' data, so that the axes make room for them.
    name, type: "custom", silent: true, clip: true, z: 1, tooltip: { show: false },
    data: known.flatMap(([x, low, high]) => [[x, low], [x, high]]),
    renderItem: ({ dataIndex }, api) => {
      if (dataIndex !== 0) return null;
      const upper = known.map(([x, , high]) => api.coord([x, high]));
      const lower = known.map(([x, low]) => api.coord([x, low])).reverse();
      return { type: "polygon", shape: { points: [...upper, ...lower] }, style: { fill: color } };
    },
  };
}

/** A dashed line at zero, where growing turns into fading. */
export const zero = color => ({
  silent: true, symbol: "none", label: { show: false },
  lineStyle: { color: color.strong, type: "dashed", width: 1 }, data: [{ yAxis: 0 }],
});

/**
 * Marks for what cannot be drawn as a value: refused snapshots, NaN and infinite losses. Each has
 * a line where it begins and a shaded stretch to where it ends.
 *
 * @param spans as {@link spans} makes them
 */
export function marks(spans, color) {
  return {
    // Points without a value: they only make the axis reach as far as the marks.
    name: "events", type: "line", data: spans.flatMap(({ from, to }) => [[from, null], [to, null]]),
    tooltip: { show: false },
    markLine: {
      symbol: ["none", "triangle"], symbolSize: 8, animation: false,
      lineStyle: { color: color.bad, width: 1.2, type: "solid" }, label: { show: false },
      emphasis: { label: { show: true, formatter: "{b}", position: "insideEndTop", color: color.ink } },
      data: spans.map(({ from, text }) => ({ xAxis: from, name: text })),
    },
    markArea: {
      silent: true, animation: false, itemStyle: { color: color.bad, opacity: 0.1 },
      data: union(spans).map(({ from, to }) => [{ xAxis: from }, { xAxis: to }]),
    },
  };
}

/** The stretches that any span covers, each once, so that overlaps are shaded no darker. */
function union(spans) {
  const covered = [];
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    const last = covered.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else covered.push({ from, to });
  }
  return covered.filter(({ from, to }) => to > from);
}

/** Joins neighbours of the same trouble: items in order, `trouble` a name for it or null. */
export function spans(items, training) {
  const found = [];
  let open = null;
  for (const { step, trouble } of items) {
    const x = training.at(step);
    if (x === null) continue;
    if (trouble === null) open = null;
    else if (open?.trouble === trouble) open.to = x;
    else found.push(open = { from: x, to: x, trouble, text: `${trouble} from step ${step}` });
  }
  return found;
}

/** The marks of snapshots that could not be measured. */
export const refusals = ({ history, axis }) =>
  spans(history.readings().map(({ step, error }) => ({ step, trouble: error?.kind ?? null })), axis);
