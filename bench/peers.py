"""Measures a network's Lyapunov spectrum with PyTorch, NumPy or JAX and tells how long it took.

Two ways: `explicit` forms the Jacobian of the state and multiplies the basis with it, as research
code does; `smart` multiplies the recurrent weights with the basis and scales by the gates, so no
Jacobian exists. Both decompose with the library's own QR every `--every` steps.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with snapshot.safetensors and probe.safetensors")
    parser.add_argument("--library", choices=("torch", "numpy", "jax"), required=True)
    parser.add_argument("--way", choices=("explicit", "smart"), required=True)
    parser.add_argument("--precision", choices=("double", "float"), default="double")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--exponents", type=int, default=0, help="how many; 0 is all")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args()


class Library:
    """The few functions in which the three libraries differ."""

    def __init__(self, name: str, precision: str):
        self.name = name
        if name == "torch":
            import torch

            self.xp = torch
            self.kind = torch.float64 if precision == "double" else torch.float32
        elif name == "numpy":
            import numpy

            self.xp = numpy
            self.kind = numpy.float64 if precision == "double" else numpy.float32
        else:
            import jax

            jax.config.update("jax_enable_x64", True)
            self.xp = jax.numpy
            self.kind = self.xp.float64 if precision == "double" else self.xp.float32

    def array(self, values):
        if self.name == "torch":
            return self.xp.from_numpy(values.copy()).to(self.kind)
        return self.xp.asarray(values, dtype=self.kind)

    def cat(self, parts, axis):
        return (
            self.xp.cat(parts, axis) if self.name == "torch" else self.xp.concatenate(parts, axis)
        )

    def sigmoid(self, a):
        return 1 / (1 + self.xp.exp(-a))

    def decompose(self, z):
        q, r = self.xp.linalg.qr(z)
        diagonal = self.xp.diagonal(r, 0, -2, -1)
        return q, self.xp.log(self.xp.abs(diagonal))


class Network:
    """A cell with its weights; every function takes a batch."""

    def __init__(self, library: Library, cell: str, weights: dict):
        self.lib = library
        self.cell = cell
        self.w_ih = library.array(weights["weight_ih_l0"])
        self.w_hh = library.array(weights["weight_hh_l0"])
        self.b_ih = library.array(weights["bias_ih_l0"])
        self.b_hh = library.array(weights["bias_hh_l0"])
        self.hidden = self.w_hh.shape[1]
        import numpy

        self.eye = library.array(numpy.eye(self.hidden))

    def gates(self, values, axis=-1):
        n = self.hidden
        count = values.shape[axis] // n
        if axis == -1:
            return [values[..., i * n : (i + 1) * n] for i in range(count)]
        return [values[..., i * n : (i + 1) * n, :] for i in range(count)]

    def parts(self, state, x):
        """New state and what the derivative needs."""
        xp, lib = self.lib.xp, self.lib
        h = state[..., : self.hidden]
        from_input = x @ self.w_ih.T + self.b_ih
        from_state = h @ self.w_hh.T + self.b_hh
        if self.cell == "rnn":
            new = xp.tanh(from_input + from_state)
            return new, (1 - new * new,)
        if self.cell == "lstm":
            c = state[..., self.hidden :]
            i, f, g, o = self.gates(from_input + from_state)
            i, f, g, o = lib.sigmoid(i), lib.sigmoid(f), xp.tanh(g), lib.sigmoid(o)
            memory = f * c + i * g
            t = xp.tanh(memory)
            scales = (i * (1 - i) * g, f * (1 - f) * c, i * (1 - g * g), o * (1 - o) * t)
            return lib.cat([o * t, memory], -1), (scales, f, o * (1 - t * t))
        ri, zi, ni = self.gates(from_input)
        rs, zs, ns = self.gates(from_state)
        r, z = lib.sigmoid(ri + rs), lib.sigmoid(zi + zs)
        n = xp.tanh(ni + r * ns)
        opened = (1 - z) * (1 - n * n)
        scales = (opened * ns * r * (1 - r), (h - n) * z * (1 - z), opened * r)
        return (1 - z) * n + z * h, (scales, z)

    def explicit(self, needed, q):
        """The Jacobian, then its product with the basis."""
        w = self.gates(self.w_hh, -2)
        if self.cell == "rnn":
            return (needed[0][..., None] * self.w_hh) @ q
        if self.cell == "lstm":
            scales, f, shown = needed
            c_by_h = sum(scales[k][..., None] * w[k] for k in range(3))
            c_by_c = f[..., None] * self.eye
            h_by_h = scales[3][..., None] * w[3] + shown[..., None] * c_by_h
            h_by_c = shown[..., None] * c_by_c
            top = self.lib.cat([h_by_h, h_by_c], -1)
            return self.lib.cat([top, self.lib.cat([c_by_h, c_by_c], -1)], -2) @ q
        scales, z = needed
        return (sum(s[..., None] * m for s, m in zip(scales, w)) + z[..., None] * self.eye) @ q

    def smart(self, needed, q):
        """The weights times the basis, scaled by the gates."""
        dh = q[..., : self.hidden, :]
        products = self.gates(self.w_hh @ dh, -2)
        if self.cell == "rnn":
            return needed[0][..., None] * products[0]
        if self.cell == "lstm":
            scales, f, shown = needed
            dc = f[..., None] * q[..., self.hidden :, :]
            for k in range(3):
                dc = dc + scales[k][..., None] * products[k]
            new = shown[..., None] * dc + scales[3][..., None] * products[3]
            return self.lib.cat([new, dc], -2)
        scales, z = needed
        return z[..., None] * dh + sum(s[..., None] * p for s, p in zip(scales, products))


def loop(network, way, state, q, inputs, every):
    """Plain Python over the steps: sums of log |R_ii| for each sequence."""
    total = 0
    steps = inputs.shape[1]
    for t in range(steps):
        state, needed = network.parts(state, inputs[:, t])
        q = getattr(network, way)(needed, q)
        if (t + 1) % every == 0 or t + 1 == steps:
            q, logs = network.lib.decompose(q)
            total = total + logs
    return total


def compiled(network, way, every):
    """The same as one program of JAX; the number of steps is a multiple of `every`."""
    import jax

    def interval(carry, xs):
        def step(inner, x):
            state, needed = network.parts(inner[0], x)
            return (state, getattr(network, way)(needed, inner[1])), None

        (state, q), _ = jax.lax.scan(step, carry[:2], xs)
        q, logs = network.lib.decompose(q)
        return (state, q, carry[2] + logs), None

    def run(state, q, inputs):
        time_first = network.lib.xp.swapaxes(inputs, 0, 1)
        blocks = time_first.reshape(-1, every, *time_first.shape[1:])
        zeros = network.lib.xp.zeros((inputs.shape[0], q.shape[-1]), dtype=q.dtype)
        (_, _, total), _ = jax.lax.scan(interval, (state, q, zeros), blocks)
        return total

    return jax.jit(run)


def main() -> None:
    arguments = parse()
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(arguments.threads)
    if hasattr(os, "sched_setaffinity") and arguments.library == "jax":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: arguments.threads])
    import numpy
    from safetensors import safe_open
    from safetensors.numpy import load_file

    library = Library(arguments.library, arguments.precision)
    if arguments.library == "torch":
        library.xp.set_num_threads(arguments.threads)
        library.xp.set_grad_enabled(False)
    path = arguments.folder / "snapshot.safetensors"
    with safe_open(path, "numpy") as file:
        architecture = json.loads(file.metadata()["lyascope.architecture"])
    network = Network(library, architecture["cell"], load_file(path))
    inputs = library.array(load_file(arguments.folder / "probe.safetensors")["inputs"])
    sequences, steps = inputs.shape[0], inputs.shape[1]
    size = network.hidden * (2 if network.cell == "lstm" else 1)
    count = arguments.exponents or size
    state = library.array(numpy.zeros((sequences, size)))
    basis = library.array(numpy.tile(numpy.eye(size)[:, :count], (sequences, 1, 1)))
    if arguments.library == "jax":
        program = compiled(network, arguments.way, arguments.every)
        work = lambda: program(state, basis, inputs).block_until_ready()  # noqa: E731
    else:
        work = lambda: loop(  # noqa: E731
            network, arguments.way, state, basis, inputs, arguments.every
        )
    work()
    seconds = []
    for _ in range(arguments.repeat):
        begin = time.perf_counter()
        total = work()
        seconds.append(time.perf_counter() - begin)
    exponents = numpy.sort(numpy.asarray(total, dtype=numpy.float64).mean(0) / steps)[::-1]
    json.dump({"seconds": seconds, "exponents": exponents.tolist()}, sys.stdout)


if __name__ == "__main__":
    main()
