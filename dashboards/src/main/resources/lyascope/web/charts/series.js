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

/** Vertical marks for what cannot be drawn as a value: refused snapshots, NaN and infinite losses. */
export function marks(events, color) {
  return {
    name: "events", type: "line", data: [], silent: false,
    markLine: {
      symbol: ["none", "triangle"], symbolSize: 8, animation: false,
      lineStyle: { color: color.bad, width: 1.2, type: "solid" }, label: { show: false },
      emphasis: { label: { show: true, formatter: "{b}", color: color.ink } },
      data: events.map(({ x, text }) => ({ xAxis: x, name: text })),
    },
  };
}

/** The marks of snapshots that could not be measured. */
export const refusals = ({ history, axis }) => history.refused()
  .map(reading => ({ x: axis.at(reading.step), text: `${reading.error.kind} at ${reading.step}` }))
  .filter(mark => mark.x !== null);
