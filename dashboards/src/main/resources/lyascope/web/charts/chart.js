// A card with a heading, a chart and a sentence that says what the picture means.

import * as echarts from "/webjars/echarts/5.5.0/echarts.esm.min.js";
import { el, setAttribute } from "../dom.js";
import { decimal } from "../format.js";

/** The page's colours as the chart library wants them. */
export function colors() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of("ink"), faint: of("ink-2"), rule: of("rule"), strong: of("rule-strong"),
    surface: of("surface"), expand: of("expand"), contract: of("contract"), dead: of("dead"),
    band: of("band"), mean: of("mean"), bad: of("bad"), good: of("good"), odd: of("odd"),
  };
}

/**
 * A chart's card.
 *
 * @param option from what is shown and the colours to the library's option, or null where there
 *     is nothing to show yet
 * @param extra further nodes for the card, such as a legend
 */
export function card({ id, title, meaning, tools = [], extra = [], option, label }) {
  const canvas = el("div", { class: "chart", role: "img", "data-testid": `chart-${id}` });
  const empty = el("p", { class: "chart-empty" }, "Nothing measured yet.");
  const node = el("figure", { class: "card", id: `card-${id}` },
    el("div", { class: "card-head" }, el("h3", {}, title), tools),
    el("div", { class: "chart-frame" }, canvas, empty), extra,
    el("figcaption", {}, meaning));
  let chart = null;
  const resize = new ResizeObserver(() => chart?.resize());
  resize.observe(canvas);

  function show(view) {
    const wanted = option(view, colors(), chart);
    setAttribute(empty, "hidden", wanted ? "" : null);
    if (!wanted) return;
    chart ??= echarts.init(canvas, null, { renderer: "canvas" });
    chart.setOption({ ...base(colors()), ...wanted }, { notMerge: true });
    setAttribute(canvas, "aria-label", label(view));
  }

  function restyle() {
    chart?.dispose();
    chart = null;
  }

  function end() {
    resize.disconnect();
    restyle();
  }
  return { node, show, restyle, end };
}

function base(color) {
  return {
    animation: false,
    textStyle: { fontFamily: "inherit", color: color.ink },
    grid: { left: 58, right: 18, top: 16, bottom: 42 },
    tooltip: {
      trigger: "axis", confine: true, renderMode: "richText", backgroundColor: color.surface,
      borderColor: color.strong, textStyle: { color: color.ink, fontSize: 12 },
      valueFormatter: value => decimal(value, 4),
    },
  };
}

/** An axis with a name below or beside it. */
export function axis(color, name, more = {}) {
  return {
    name, nameLocation: "middle", nameGap: more.vertical ? 44 : 26, scale: true,
    nameTextStyle: { color: color.faint, fontSize: 12 },
    axisLine: { onZero: false, lineStyle: { color: color.strong } },
    axisLabel: { color: color.faint, fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: color.rule } },
    ...more,
  };
}

/** The axis of training: steps, progress or time. */
export const trainingAxis = (color, { name, type }) =>
  axis(color, name, { type, splitLine: { show: false } });
