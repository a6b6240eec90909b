#!/usr/bin/env python3
"""An independent check of the engine: spectra of SNAPSHOT PROBE pairs, one JSON object a line.

It shares nothing with the engine: the networks are PyTorch's own modules in double, the Jacobians
come from autograd, the QR from LAPACK. Needs torch and numpy (Debian's python3-torch will do).
"""

import argparse
import json
import math
import sys
from pathlib import Path

from files import read
from spectrum import measure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="SNAPSHOT PROBE")
    parser.add_argument("--protocol", type=json.loads, default={}, help="JSON that beats the probe's")
    options = parser.parse_args()
    if len(options.files) % 2:
        parser.error("snapshots and probes come in pairs")
    for snapshot, probe in zip(options.files[::2], options.files[1::2]):
        values = measure(read(snapshot), read(probe), options.protocol)
        print(json.dumps({"file": str(snapshot), **finite(values)}))
    return 0


def finite(value):
    """JSON has no NaN and no infinity: they are written as strings."""
    if isinstance(value, dict):
        return {key: finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [finite(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


if __name__ == "__main__":
    sys.exit(main())
