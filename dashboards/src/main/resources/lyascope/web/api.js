// The REST interface. The token, where the server wants one, lives as long as the tab.

const KEY = "lyascope.token";
const OPERATOR = "lyascope.operator";

export function token() {
  return sessionStorage.getItem(KEY);
}

export function setToken(value) {
  if (value) sessionStorage.setItem(KEY, value);
  else sessionStorage.removeItem(KEY);
}

/** What the server answered instead of data: an RFC 9457 problem. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? `The server answered ${status}.`);
    this.status = status;
  }
}

function request(path, signal) {
  const headers = { Accept: "application/json" };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  return fetch(`/api/v1${path}`, { headers, signal });
}

async function get(path, signal) {
  const response = await request(path, signal);
  if (response.ok) return response.json();
  throw new Problem(response.status, await response.json().catch(() => null));
}

/** False only when the server says that a token is missing or wrong. */
export async function authorized() {
  try {
    const response = await request("/runs");
    await response.body?.cancel();
    return response.status !== 401;
  } catch {
    return true;
  }
}

const address = run => `/runs/${encodeURIComponent(run)}`;

function range({ from, to, points }) {
  const query = new URLSearchParams();
  if (Number.isFinite(from)) query.set("from", Math.floor(from));
  if (Number.isFinite(to)) query.set("to", Math.ceil(to));
  query.set("points", points);
  return query;
}

export const readRun = (run, signal) => get(address(run), signal);

/** The reference readings between two steps, thinned by the server to about `points`. */
export const readReadings = (run, window, signal) =>
  get(`${address(run)}/readings?${range(window)}`, signal);

export const readScalars = (run, window, signal) =>
  get(`${address(run)}/scalars?${range(window)}`, signal);

/** The predictions between two steps, thinned like readings. */
export const readPredictions = (run, window, signal) =>
  get(`${address(run)}/predictions?${range(window)}`, signal);

/** The spectrum that another final loss would need. */
export const readWhatIf = (run, loss, signal) =>
  get(`${address(run)}/what-if?${new URLSearchParams({ loss })}`, signal);

/** The predictors that are loaded, with their cards and the runs of their training. */
export const readPredictors = signal => get("/predictors", signal);

/** Whether this tab knows a token that commands are sent with. */
export const hasOperatorToken = () => sessionStorage.getItem(OPERATOR) !== null;

/**
 * Sends a `stop` or `veto`. A token that is given is kept for the tab once it was good; one that was
 * kept and is good no more is forgotten.
 */
export async function commandRun(run, kind, body, given) {
  const secret = given || sessionStorage.getItem(OPERATOR) || "";
  const response = await fetch(`/api/v1${address(run)}/${kind}`, {
    method: "POST",
    headers: {
      Accept: "application/json", "Content-Type": "application/json",
      ...(secret ? { Authorization: `Bearer ${secret}` } : {}),
    },
    body: JSON.stringify({ by: "the page", ...body }),
  });
  if (response.status === 401 || response.status === 403) sessionStorage.removeItem(OPERATOR);
  else if (secret) sessionStorage.setItem(OPERATOR, secret);
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => null));
}
