#!/usr/bin/env python3
"""Compares `COMMAND analyze` with the reference: golden, nasty and drawn cases, and refusals.

Prints a line a case with the largest deviation found; exit status 1 if one is off. The bounds are
1e-9 with a fixed interval and 1e-6 with `auto`, which the reference measures at interval 1.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

from cases import GOLDEN, random_cases, write_case
from every_cell import EVERY_CELL, QUICK, random_others
from exact import measure_exactly
from files import read
from layers import NETWORKS, measure_layers, write_layers
from refusals import write_refusals
from spectrum import measure

# Means and sums over orthonormalisations depend on how many there were.
INTERVAL_DEPENDENT = ("leading_vector_participation_ratio", "resolution", "log10_condition")
EVERYWHERE = ("resolved", "dead", "positive", "near_zero", "state")
OF_ALL = ("min", "mean", "variance", "log10_condition")
OF_RESOLVED = ("min_finite", "mean_finite", "variance_finite")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", help="the program to check, e.g. ./lyascope")
    parser.add_argument("--random", type=int, default=40, metavar="N", help="drawn cases (40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exact", action="store_true",
                        help="compare the exponents of every cell's own cases and of the nasty"
                             " ones with arithmetic of 90 digits (minutes), and not only those"
                             " of a few small ones")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], metavar="SNAPSHOT PROBE",
                        help="files to compare as well; their probes must fix the basis")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases = [*GOLDEN, *EVERY_CELL, *random_cases(options.random, options.seed),
                 *random_others(options.random, options.seed)]
        pairs = [_written(case, folder) for case in cases]
        exact = {pair for pair, case in zip(pairs, cases)
                 if case.name in QUICK or options.exact and case in EVERY_CELL}
        pairs += zip(options.pairs[::2], options.pairs[1::2])
        layers = [_paths(case, folder) for case, _ in NETWORKS]
        for (case, widths), pair in zip(NETWORKS, layers):
            write_layers(case, widths, *pair)
        refusals = write_refusals(folder)
        files = [*pairs, *layers, *(refusal[:2] for refusal in refusals)]
        found = iter(analyze(options.command, files))
        fine = [report(pair, next(found), pair in exact) for pair in pairs]
        fine += [report_layers(pair, next(found)) for pair in layers]
        fine += [refused(broken, kind, field, next(found)) for broken, _, kind, field in refusals]
    print(f"{len(fine)} cases, {fine.count(False)} off")
    return 0 if all(fine) else 1


def _paths(case, folder: Path) -> tuple[Path, Path]:
    return tuple(folder / f"{case.name}.{kind}.safetensors" for kind in ("snapshot", "probe"))


def _written(case, folder: Path) -> tuple[Path, Path]:
    pair = _paths(case, folder)
    write_case(case, *pair)
    return pair


def analyze(command: str, pairs: list) -> list[dict]:
    """What the program under test says of every pair, in order."""
    files = [str(file) for pair in pairs for file in pair]
    done = subprocess.run([*shlex.split(command), "analyze", "--pairs", *files, "--json"],
                          stdout=subprocess.PIPE, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if len(lines) != len(pairs):
        raise SystemExit(f"{len(lines)} lines for {len(pairs)} pairs, status {done.returncode}")
    return lines


def refused(snapshot: Path, kind: str, field: str, measured: dict) -> bool:
    """Whether a refusal names what is wrong."""
    error = measured.get("error", {})
    fine = (error.get("kind"), error.get("field")) == (kind, field)
    if not fine:
        print(f"OFF  {snapshot.name}: wanted {kind} of {field}, found {error or 'a spectrum'}")
    return fine


def report_layers(pair: tuple[Path, Path], measured: dict) -> bool:
    """The same for a feed-forward network."""
    expected = measure_layers(*map(read, pair))
    have = measured.get("finite_time", {})
    deviations = {field: _deviation(expected[field], have.get(field))
                  for field in expected if field != "per_input"}
    everything = np.full(len(expected["per_input"]), True)
    deviations["per_input"] = _largest(expected["per_input"], have.get("per_input"), everything)
    if np.isneginf(expected["min"]):
        del deviations["standard_deviation"]  # infinite or no number: there is none
    worst = max(deviations, key=deviations.get)
    fine = deviations[worst] <= 1e-9
    print(f"{'ok ' if fine else 'OFF'}  {pair[0].name:36} {deviations[worst]:8.1e} in {worst}")
    return fine


def report(pair: tuple[Path, Path], measured: dict, exact: bool) -> bool:
    """Prints how one case compares and returns whether it is within its bound."""
    snapshot, probe = map(read, pair)
    name = pair[0].name.removesuffix(".safetensors").removesuffix(".snapshot")
    if "error" in measured:
        print(f"OFF  {name:32} refused: {measured['error']}")
        return False
    protocol = json.loads(probe.metadata.get("lyascope.protocol", "{}"))
    adaptive = protocol.get("orthonormalize_every", "auto") == "auto"
    bound = 1e-6 if adaptive else 1e-9
    expected = measure(snapshot, probe)
    # Two correct programs may differ by what rounding adds: such exponents are not compared.
    sharp = np.array(expected["resolution"]) < bound / 10
    if exact:
        truth = np.array(measure_exactly(snapshot, probe))
        expected["exponents"] = np.where(sharp, truth, expected["exponents"]).tolist()
    wanted = [field for field in fields(expected, sharp)
              if not (adaptive and field in INTERVAL_DEPENDENT)]
    deviations = {field: _deviation(expected[field], measured.get(field)) for field in wanted}
    for field in ("exponents", "standard_error"):
        deviations[field] = _largest(expected[field], measured[field], sharp)
    if not adaptive:
        relative = _largest(*(np.log(_numbers(each["resolution"])) for each in (expected, measured)),
                            np.array(expected["resolution"]) < 1e-7)
        deviations["resolution"] = relative * bound / 1e-3
    worst = max(deviations, key=deviations.get)
    fine = deviations[worst] <= bound
    print(f"{'ok ' if fine else 'OFF'}  {name:36} {deviations[worst]:8.1e} in {worst},"
          f" {sharp.sum()} of {len(sharp)} exponents compared to {bound:g}")
    for field in [] if fine else deviations:
        if deviations[field] > bound:
            print(f"       {field}: {expected[field]} expected, {measured.get(field)} found")
    return fine


def fields(expected: dict, sharp: np.ndarray) -> list[str]:
    """The single values that rest on sharp exponents only."""
    exponents = np.array(expected["exponents"])
    dimension = expected["kaplan_yorke_dimension"]
    used = len(sharp) if dimension is None else int(dimension) + 1
    calm = expected["pca_rounding"] < 1e-11
    sound = {
        "max": sharp[0],
        "entropy_rate": sharp[exponents > 0].all(),
        "kaplan_yorke_dimension": sharp[:used].all(),
        "leading_vector_participation_ratio": sharp[0],
        "pca_dimension": calm,
        "pca_dimension_activity": calm,
        # Of a basis that lost some columns, the zeros among the noise are chance.
        "neg_inf": expected["dead"] in (0, len(sharp)),
    }
    resolved = np.array(expected["resolution"]) < 1e-7
    return [*EVERYWHERE, *(field for field in sound if sound[field]),
            *(OF_ALL if sharp.all() else ()), *(OF_RESOLVED if sharp[resolved].all() else ())]


def _largest(want: list | None, have: list | None, sharp: np.ndarray) -> float:
    """The largest deviation among the sharp elements."""
    want, have = _numbers(want), _numbers(have)
    if want is None or have is None or len(want) != len(have):
        return 0.0 if want is have else np.inf
    return max(map(_deviation, want[sharp], have[sharp]), default=0.0)


def _numbers(values: list | None) -> np.ndarray | None:
    return None if values is None else np.array([float(value) for value in values])


def _deviation(want, have) -> float:
    """Absolute difference, relative for values above 1; infinite where only one is a number."""
    if want is None or have is None or want == have:
        return 0.0 if want == have else np.inf
    want, have = float(want), float(have)
    if want == have or np.isnan(want) and np.isnan(have):
        return 0.0
    difference = abs(want - have) / max(1.0, abs(want))
    return difference if np.isfinite(difference) else np.inf


if __name__ == "__main__":
    sys.exit(main())
