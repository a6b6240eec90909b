// The view and how it is looked at, as the part of the address after the hash: `#/` is the fleet,
// `#/run/ID` a run, and after a question mark stands what the reader chose and is not the default:
// `#/?state=failed&sort=-val_loss`, `#/run/ID?axis=progress&log=1`. Pure.
//
// A view is shown with a `look`: `look.chosen.get("axis")` is what the address says (null where it
// says nothing: take the default, and take it for anything that is not known, too), and
// `look.keep({ axis: "progress", log: null })` writes all of the view's choices into the address,
// null for a default. Back, forward, reload and a copied address then bring them back.

const RUN = /^#\/run\/([^?]+)/;

/** What an address names: the run, or null for the fleet, and the choices. */
export function parseAddress(hash) {
  const mark = hash.indexOf("?");
  return {
    run: runIn(hash),
    chosen: new URLSearchParams(mark < 0 ? "" : hash.slice(mark + 1)),
  };
}

function runIn(hash) {
  const match = RUN.exec(hash);
  try {
    return match ? decodeURIComponent(match[1]) : null;
  } catch {
    return null;
  }
}

/** The address of a run, or of the fleet for null; choices that are null stay out of it. */
export function formatAddress(run, choices = {}) {
  const query = new URLSearchParams(
    Object.entries(choices).filter(([, value]) => value !== null && value !== ""));
  const path = run === null ? "#/" : `#/run/${encodeURIComponent(run.toWellFormed?.() ?? run)}`;
  return query.size > 0 ? `${path}?${query}` : path;
}
