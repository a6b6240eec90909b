#!/usr/bin/env python3
"""Makes the recordings that ship with Lyascope: trains every run of runs.py and writes one zip each.

Needs torch, numpy and safetensors. The recordings' card, README.md, says where the data is from.
"""

import argparse
import sys
import time
from pathlib import Path

import torch

from data import ImageRows, NextCharacter
from runs import ROWS, RUNS, TEXT
from training import train


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data-text", type=Path, required=True, metavar="FILE",
                        help="the text, gzipped UTF-8")
    parser.add_argument("--data-mnist", type=Path, required=True, metavar="DIR",
                        help="folder with the original train-*-ubyte files")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--only", metavar="RUN", action="append",
                        help="make only this run, e.g. smnist-rnn; may be repeated")
    options = parser.parse_args()
    chosen = [run for run in RUNS if not options.only or run.name in options.only]
    if not chosen:
        parser.error(f"no such run; there are {', '.join(run.name for run in RUNS)}")

    # One thread: faster for networks this small, and sums keep one order.
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    loaders = {TEXT: lambda: NextCharacter.load(options.data_text),
               ROWS: lambda: ImageRows.load(options.data_mnist)}
    tasks = {name: loaders[name]() for name in {run.task for run in chosen}}
    options.out.mkdir(parents=True, exist_ok=True)
    for run in chosen:
        begun = time.monotonic()
        train(run, tasks[run.task], options.out, lambda line: print(line, file=sys.stderr))
        print(f"{run.name} took {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
