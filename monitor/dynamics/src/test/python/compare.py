#!/usr/bin/env python3
"""Compares `COMMAND analyze` with the reference on the golden and on randomly drawn cases.

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
from files import read
from spectrum import measure

PER_EXPONENT = ("exponents", "standard_error")
SINGLE = ("max", "min", "mean", "variance", "positive", "near_zero", "entropy_rate",
          "kaplan_yorke_dimension", "leading_vector_participation_ratio", "pca_dimension")
COUNTS = ("resolved", "dead")
# Means and sums over orthonormalisations depend on how many there were.
INTERVAL_DEPENDENT = ("leading_vector_participation_ratio", *COUNTS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", help="the program to check, e.g. ./lyascope")
    parser.add_argument("--random", type=int, default=40, metavar="N", help="drawn cases (40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], metavar="SNAPSHOT PROBE",
                        help="files to compare as well; their probes must fix the basis")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        for case in [*GOLDEN, *random_cases(options.random, options.seed)]:
            pair = tuple(Path(folder) / f"{case.name}.{kind}.safetensors"
                         for kind in ("snapshot", "probe"))
            write_case(case, *pair)
            pairs.append(pair)
        pairs += zip(options.pairs[::2], options.pairs[1::2])
        measured = analyze(options.command, pairs)
        off = sum(not report(pair, values) for pair, values in zip(pairs, measured))
    print(f"{len(pairs)} cases, {off} off")
    return 1 if off else 0


def analyze(command: str, pairs: list) -> list[dict]:
    """What the program under test says of every pair, in order."""
    files = [str(file) for pair in pairs for file in pair]
    done = subprocess.run([*shlex.split(command), "analyze", "--pairs", *files, "--json"],
                          stdout=subprocess.PIPE, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if len(lines) != len(pairs):
        raise SystemExit(f"{len(lines)} lines for {len(pairs)} pairs, status {done.returncode}")
    return lines


def report(pair: tuple[Path, Path], measured: dict) -> bool:
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
    deviations = {}
    for field in PER_EXPONENT:
        want, have = _numbers(expected[field]), _numbers(measured[field])
        if (want is None) != (have is None) or want is not None and len(want) != len(have):
            deviations[field] = np.inf
        elif want is not None and sharp.any():
            deviations[field] = max(map(_deviation, want[sharp], have[sharp]))
    for field in COUNTS + (SINGLE if sharp.all() else ()):
        if not (adaptive and field in INTERVAL_DEPENDENT):
            deviations[field] = _deviation(expected[field], measured[field])
    worst = max(deviations, key=deviations.get, default="nothing")
    fine = deviations.get(worst, 0.0) <= bound
    print(f"{'ok ' if fine else 'OFF'}  {name:32} {deviations.get(worst, 0.0):8.1e} in {worst},"
          f" {sharp.sum()} of {len(sharp)} exponents compared to {bound:g}")
    return fine


def _numbers(values: list | None) -> np.ndarray | None:
    return None if values is None else np.array([float(value) for value in values])


def _deviation(want, have) -> float:
    """Absolute difference, relative for values above 1; infinite where only one is a number."""
    if want is None or have is None:
        return 0.0 if want is have else np.inf
    want, have = float(want), float(have)
    if want == have or np.isnan(want) and np.isnan(have):
        return 0.0
    difference = abs(want - have) / max(1.0, abs(want))
    return difference if np.isfinite(difference) else np.inf


if __name__ == "__main__":
    sys.exit(main())
