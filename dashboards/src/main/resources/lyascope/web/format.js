// Numbers and times as text. Everything the server sends passes through toNumber first, because
// JSON has no NaN or infinity and the contract writes them as strings.

const MINUS = "\u2212";
const NARROW = "\u202f";

/** The number behind a JSON value: null where there is none, NaN and infinities as themselves. */
export function toNumber(value) {
  if (typeof value === "number") return value;
  switch (value) {
    case "NaN": return NaN;
    case "Infinity": return Infinity;
    case "-Infinity": return -Infinity;
    default: return null;
  }
}

/** A finite number, or null for everything else: what a chart can place on an axis. */
export function finite(value) {
  const number = toNumber(value);
  return Number.isFinite(number) ? number : null;
}

/** A measured value with about `digits` significant digits and a true minus sign. */
export function decimal(value, digits = 3) {
  const number = toNumber(value);
  if (number === null) return "–";
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "∞" : `${MINUS}∞`;
  if (number === 0) return "0";
  const size = Math.abs(number);
  const text = size >= 1e5 || size < 1e-4
    ? number.toExponential(Math.max(0, digits - 1)).replace("e+", "e")
    : number.toFixed(Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
  return text.replace(/-/g, MINUS);
}

/** A value with a fixed number of places, so that a column of them lines up. */
export function fixed(value, places) {
  const number = toNumber(value);
  if (number === null || !Number.isFinite(number) || Math.abs(number) >= 1e4) return decimal(value);
  return number.toFixed(places).replace("-", MINUS);
}

/** A value with its 95 % half width, if the error is known. */
export function withError(value, standardError) {
  const error = finite(standardError);
  if (finite(value) === null || error === null) return fixed(value, 4);
  return `${fixed(value, 4)} ± ${fixed(1.96 * error, 4)}`;
}

/** A whole number with thin spaces between thousands. */
export function count(value) {
  const number = toNumber(value);
  if (number === null || !Number.isFinite(number)) return decimal(value);
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, NARROW);
}

export function percent(ratio) {
  const number = finite(ratio);
  return number === null ? "–" : `${Math.round(100 * Math.min(1, Math.max(0, number)))}%`;
}

/** A length of time in the largest unit that keeps it readable. */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** How long ago an RFC 3339 time was. */
export function ago(time, now = Date.now()) {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return "–";
  return now - at < 2500 ? "now" : `${duration(now - at)} ago`;
}

export function clock(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "–";
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map(part => String(part).padStart(2, "0")).join(":");
}
