"""Times QR with explicit Q, and products of square matrices, by PyTorch and NumPy in double."""

import argparse
import json
import os
import sys
import time


def best(work, least=0.4) -> float:
    """The shortest time of a call, in seconds."""
    work()
    shortest, end = float("inf"), time.perf_counter() + least
    while time.perf_counter() < end:
        begin = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - begin)
    return shortest


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
            "torch_qr": best(lambda: torch.linalg.qr(t)),
            "numpy_qr": best(lambda: numpy.linalg.qr(a)),
            "torch_product": best(lambda: t @ t),
            "numpy_product": best(lambda: a @ a),
        }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
