// The predictor's map: the runs that it was trained on, and the way that this one has come.

import { finite } from "../format.js";
import { axis, card } from "./chart.js";

export function latentMap() {
  return card({
    id: "map",
    title: "Among the runs it was trained on",
    meaning: "Each point is a training run of the predictor at about the same progress: filled ones "
      + "ended well, hollow ones badly. The line is this run's way from its first snapshot, the "
      + "large point where it is. The axes are the first two principal components of the latent "
      + "space and mean nothing by themselves.",
    option,
    label: ({ predictions }) => `This run among those of the training, ${predictions.length} predictions`,
  });
}

const place = prediction => (prediction.map ?? []).map(finite);
const isPlaced = prediction => place(prediction).length === 2 && !place(prediction).includes(null);

function option({ predictions, landmarks }, color) {
  const trail = predictions.filter(isPlaced);
  if (trail.length === 0 && landmarks.length === 0) return null;
  const near = nearestStage(landmarks, trail.at(-1));
  const points = good => near.filter(one => one.good === good).map(one => one.map);
  return {
    tooltip: { show: false },
    legend: {
      data: ["ended well", "ended badly", "this run"], top: 0, right: 8, itemHeight: 8,
      textStyle: { color: color.faint, fontSize: 12 },
    },
    grid: { left: 58, right: 14, top: 30, bottom: 40 },
    xAxis: axis(color, "first component", { type: "value" }),
    yAxis: axis(color, "second component", { type: "value", vertical: true }),
    series: [
      cloud("ended badly", points(false), {
        color: "transparent", borderColor: color.expand, borderWidth: 1.1, opacity: 0.75,
      }),
      cloud("ended well", points(true), { color: color.contract, opacity: 0.5 }),
      {
        name: "this run", type: "line", data: trail.map(place), symbol: "circle", z: 5,
        symbolSize: (_, { dataIndex }) => (dataIndex === trail.length - 1 ? 13 : 4),
        showSymbol: true, lineStyle: { width: 1.6, color: color.ink }, itemStyle: { color: color.ink },
      },
    ],
  };
}

const cloud = (name, data, itemStyle) =>
  ({ name, type: "scatter", data, symbolSize: 6, itemStyle, silent: true });

/** The landmarks of the stage that is nearest to where the run is. */
function nearestStage(landmarks, newest) {
  const at = finite(newest?.progress) ?? 0;
  const stages = [...new Set(landmarks.map(one => one.progress))];
  const nearest = stages.sort((one, other) => Math.abs(one - at) - Math.abs(other - at))[0];
  return landmarks.filter(one => one.progress === nearest);
}
