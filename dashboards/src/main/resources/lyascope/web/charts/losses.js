// Training and validation loss, as the training process reported them.

import { el, setAttribute } from "../dom.js";
import { decimal } from "../format.js";
import { axis, card, trainingAxis } from "./chart.js";
import { legend } from "./quantities.js";
import { line, marks, refusals, spans } from "./series.js";

const NAMES = [["train_loss", "training"], ["val_loss", "validation"]];

/** @param choice holds `logarithmic`, which the card's button turns over */
export function losses(choice, changed) {
  const button = el("button", {
    type: "button", class: "chip", "aria-pressed": String(choice.logarithmic),
    onclick: () => {
      choice.logarithmic = !choice.logarithmic;
      setAttribute(button, "aria-pressed", String(choice.logarithmic));
      changed();
    },
  }, "log scale");
  return card({
    id: "losses",
    title: "Loss",
    meaning: "What training itself sees. Compare it with the exponents above: they often turn "
      + "first. Red marks: a loss that is NaN or infinite, or a snapshot that could not be measured.",
    tools: [button],
    option,
    label: () => "Training and validation loss over training",
  });
}

function option(view, color) {
  const all = NAMES.map(([field, name]) => [name, view.history.series(field)]);
  if (all.every(([, points]) => points.length === 0)) return null;
  const place = ([step, value]) => [view.axis.at(step), drawable(value, view.logarithmic)];
  const [[trainName, train], [validationName, validation]] = all;
  return {
    legend: legend(color, [trainName, validationName]),
    grid: { left: 58, right: 18, top: 30, bottom: 42 },
    xAxis: trainingAxis(color, view.axis),
    yAxis: axis(color, "loss", { type: view.logarithmic ? "log" : "value", vertical: true }),
    series: [
      line(trainName, train.map(place), color.mean,
        { symbol: "none", lineStyle: { width: 1.2, color: color.mean } }),
      line(validationName, validation.map(place), color.good, { symbol: "diamond" }),
      marks([...notFinite(all, view.axis), ...refusals(view)], color),
    ],
  };
}

const drawable = (value, logarithmic) =>
  Number.isFinite(value) && (!logarithmic || value > 0) ? value : null;

const notFinite = (all, training) => all.flatMap(([name, points]) => spans(
  points.filter(([, value]) => value !== null).map(([step, value]) => ({
    step, trouble: Number.isFinite(value) ? null : `${name} loss ${decimal(value)}`,
  })), training));
