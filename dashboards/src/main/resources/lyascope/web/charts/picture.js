// Paints spectra pixel by pixel. As shapes, or even as filled rectangles with a colour each, a
// long run of a large network would take most of a second at every update.

import { el } from "../dom.js";
import { finite } from "../format.js";
import { isDead } from "./spectrum.js";

const WIDTH = 640;
const TALLEST = 512;
/** Shades from fading over zero, in the middle, to growing. */
const SHADES = 511;

/** The pixels of every shade and of what is dead, read off a gradient in the page's colours. */
export function palette(color) {
  const canvas = el("canvas", { width: SHADES + 1, height: 1 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const gradient = context.createLinearGradient(0, 0, SHADES, 0);
  [color.contract, color.surface, color.expand].forEach((stop, i) => gradient.addColorStop(i / 2, stop));
  context.fillStyle = gradient;
  context.fillRect(0, 0, SHADES, 1);
  context.fillStyle = color.dead;
  context.fillRect(SHADES, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, SHADES + 1, 1).data.buffer);
}

/** Square root, so that what is close to zero can still be told apart. */
export function shade(value, reach) {
  const share = Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value) / reach));
  return Math.round(((share + 1) / 2) * (SHADES - 1));
}

/**
 * A canvas with one column for each reading, from half way to the one before to half way to the
 * next; a reading without a spectrum leaves its column transparent.
 */
export function paint(columns, [from, to], reach, pixels) {
  const longest = Math.max(...columns.map(({ reading }) => reading.exponents?.length ?? 0));
  const height = Math.min(TALLEST, longest);
  const canvas = el("canvas", { width: WIDTH, height });
  const context = canvas.getContext("2d");
  const picture = context.createImageData(WIDTH, height);
  const out = new Uint32Array(picture.data.buffer);
  const at = x => Math.round((WIDTH * (x - from)) / (to - from));
  columns.forEach(({ reading, x }, index) => {
    if (!reading.exponents) return;
    const before = index > 0 ? (columns[index - 1].x + x) / 2 : from;
    const after = index + 1 < columns.length ? (x + columns[index + 1].x) / 2 : to;
    const left = Math.min(WIDTH - 1, at(before));
    const right = Math.max(left + 1, at(after));
    const n = reading.exponents.length;
    for (let row = 0; row < height; row++) {
      const i = Math.floor(((row + 0.5) * n) / height);
      const kind = isDead(reading, i) ? SHADES : shade(finite(reading.exponents[i]), reach);
      out.fill(pixels[kind], row * WIDTH + left, row * WIDTH + right);
    }
  });
  context.putImageData(picture, 0, 0);
  return canvas;
}
