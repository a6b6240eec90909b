// Lines over training: values with their 95 % bands, and marks where there is no value.

/** A line; points without a value leave a gap. */
export function line(name, points, color, more = {}) {
  return {
    name, type: "line", data: points, symbol: "circle", symbolSize: points.length > 60 ? 0 : 4,
    showSymbol: points.length <= 60, connectNulls: false, lineStyle: { width: 1.8, color },
    itemStyle: { color }, ...more,
  };
}

/** The band between two edges, as a stack of an invisible line and the difference above it. */
export function band(name, points, color) {
  const edge = {
    type: "line", stack: name, stackStrategy: "all", symbol: "none", silent: true,
    lineStyle: { opacity: 0 }, tooltip: { show: false },
  };
  return [
    { ...edge, name: `${name} from`, data: points.map(([x, low]) => [x, low]) },
    {
      ...edge, name: `${name} to`, areaStyle: { color, opacity: 1 },
      data: points.map(([x, low, high]) => [x, low === null ? null : high - low]),
    },
  ];
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
