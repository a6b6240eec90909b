"""Times QR with explicit Q, and products of square matrices, by PyTorch and NumPy in double."""

import argparse
import json
import os
import statistics
import sys
import time


def median(work, least=2.0) -> float:
    """The median time of a call, in seconds."""
    work()
    times, end = [], time.perf_counter() + least
    while time.perf_counter() < end:
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    sizes = parser.parse_args().sizes
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    import numpy
    import torch

    torch.set_num_threads(1)
    rng = numpy.random.default_rng(2)
    result = {}
    for size in sizes:
        scale = numpy.exp(-7 * numpy.arange(size) / size)[:, None]
        a = rng.standard_normal((size, size)) * scale
        t = torch.from_numpy(a)
        result[size] = {
            "torch_qr": median(lambda: torch.linalg.qr(t)),
            "numpy_qr": median(lambda: numpy.linalg.qr(a)),
            "torch_product": median(lambda: t @ t),
            "numpy_product": median(lambda: a @ a),
        }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
