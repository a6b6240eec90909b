"""Cases of the cells that are no PyTorch modules, and cases where rounding misleads a program."""

import numpy as np

from cases import Case

LIPSCHITZ = {"beta": 0.7, "gamma_a": 0.05, "gamma_w": 0.1}
LONG = {"steps": 40}
AUTO = {"orthonormalize_every": "auto", "steps": 60, "burn_in": 10}
HIDDEN = {"state": "hidden"}

OTHERS = (
    Case("asrnn", "asrnn", 8, gain=2.0, hyper={"eps": 0.3, "gamma": 0.1}, seed=31),
    Case("asrnn-no-bias-f16-auto", "asrnn", 5, bias=False, dtype="F16", protocol=AUTO,
         hyper={"eps": 0.05, "gamma": 0.01}, q0="each", h0=True, seed=32),
    Case("lipschitz-row", "lipschitz", 6, hyper={**LIPSCHITZ, "eps": 0.2, "alpha": 0.8,
                                               "order": "row"}, gain=2.0, seed=33),
    Case("lipschitz-column-hidden", "lipschitz", 6, protocol=HIDDEN, prefix="model.",
         hyper={**LIPSCHITZ, "eps": 0.2, "order": "column"}, gain=2.0, seed=33),
    Case("lipschitz-default-order", "lipschitz", 5, wrapper="module._orig_mod.",
         hyper={**LIPSCHITZ, "eps": 0.1}, protocol={"warmup": 3, "burn_in": 4}, seed=34),
    Case("noisy-off", "noisy", 6, hyper=LIPSCHITZ, gain=1.5, seed=35),
    Case("noisy-recorded", "noisy", 6, hyper={**LIPSCHITZ, "alpha": 0.5, "order": "column"},
         noise=True, protocol={"warmup": 2, "burn_in": 3}, q0="shared", seed=36),
    Case("cornn", "cornn", 6, hyper={"dt": 0.2, "gamma": 1.5, "epsilon": 2.0}, seed=37),
    Case("cornn-public-hidden", "cornn", 6, hyper={"dt": 0.2, "gamma": 1.5, "epsilon": 2},
         extra=("public",), protocol=HIDDEN, h0=True, seed=38),
    Case("cornn-public-auto", "cornn", 5, hyper={"dt": 0.05, "gamma": 2, "epsilon": 4.5},
         extra=("public",), protocol=AUTO, dtype="F32", seed=39),
    Case("lem", "lem", 6, hyper={"dt": 0.8}, gain=2.0, seed=40),
    Case("lem-hidden-every-3", "lem", 6, hyper={"dt": 1.0}, gain=2.0, h0=True,
         protocol={**HIDDEN, "orthonormalize_every": 3, "steps": 14, "burn_in": 4}, seed=41),
    Case("lem-bf16-auto", "lem", 5, hyper={"dt": 0.3}, dtype="BF16", protocol=AUTO, seed=42),
    Case("rate-tanh-driven", "rate", 8, hyper={"dt": 0.1}, gain=2.5, extra=("bias",), seed=43),
    Case("rate-tanh-autonomous", "rate", 8, inputs=0, hyper={"dt": 0.2}, gain=3.0, h0=True,
         protocol=LONG, seed=44),
    Case("rate-relu-force", "rate", 6, nonlinearity="relu", hyper={"dt": 0.3}, gain=0.8,
         extra=("u",), h0=True, seed=45),
    Case("rate-hardtanh-noise", "rate", 6, nonlinearity="hardtanh", noise=True, gain=2.0,
         hyper={"dt": 0.25, "sigma": 0.7}, protocol={"warmup": 2, "burn_in": 3}, seed=46),
    Case("rate-autonomous-noise-auto", "rate", 7, inputs=0, noise=True, h0=True, gain=2.0,
         hyper={"dt": 0.1, "sigma": 0.4}, protocol=AUTO, seed=47),
)

GRADED = {"orthonormalize_every": 10, "steps": 40}

NASTY = (
    # Gates so far shut or open that 1 - s(a) and 1 - tanh(a)^2 round to zero.
    Case("lstm-open-memory", "lstm", 5, shift={"bias_ih_l0": [-45, 45, 0, -45]}, protocol=LONG,
         seed=51),
    Case("lstm-closed-memory-hidden", "lstm", 5, shift={"bias_ih_l0": [30, -30, 0, 30]},
         protocol=HIDDEN, seed=52),
    Case("gru-update-open", "gru", 5, shift={"bias_ih_l0": [0, 45, 0]}, protocol=LONG, seed=53),
    Case("gru-update-shut-candidate-saturated", "gru", 5, shift={"bias_ih_l0": [0, -45, 12]},
         seed=54),
    Case("rnn-saturated", "rnn", 5, shift={"bias_ih_l0": 14.0}, seed=55),
    Case("rnn-deeply-saturated", "rnn", 3, shift={"bias_ih_l0": [25.0, -30, 35]}, seed=56),
    Case("lem-saturated", "lem", 4, hyper={"dt": 0.9}, seed=57,
         shift={"cell.inp2hid.bias": [40, -40, 9, -9]}),
    Case("lem-open-gates-dt-1", "lem", 2, hyper={"dt": 1.0}, seed=57, gain=1e-20,
         shift={"cell.inp2hid.bias": [45, 45, 0.5, -0.5]}),
    Case("cornn-saturated", "cornn", 4, hyper={"dt": 0.3, "gamma": 1, "epsilon": 1}, seed=58,
         shift={"V.bias": 22.0}),
    Case("rate-saturated-dt-1", "rate", 4, inputs=0, h0=True, gain=40, hyper={"dt": 1.0},
         seed=59),
    Case("rnn-relu-dead-units", "rnn", 8, nonlinearity="relu", protocol=LONG, seed=60),
    Case("rnn-relu-all-dead", "rnn", 4, nonlinearity="relu", shift={"bias_ih_l0": -100.0},
         seed=61),
    Case("rnn-relu-dead-auto", "rnn", 8, nonlinearity="relu", protocol=AUTO, gain=1.6, seed=62),
    Case("rate-hardtanh-dt-1", "rate", 8, nonlinearity="hardtanh", inputs=0, h0=True, gain=3.0,
         hyper={"dt": 1.0}, protocol=LONG, seed=63),
    Case("lstm-every-10-graded", "lstm", 8, protocol=GRADED, seed=64),
    Case("gru-every-10-graded", "gru", 8, protocol=GRADED, gain=3.0, q0="each", seed=65),
    Case("rnn-every-10-graded", "rnn", 8, protocol={**GRADED, "steps": 37, "burn_in": 13}, seed=66),
    Case("rnn-3-layers-every-10", "rnn", 4, layers=3, protocol=GRADED, gain=1.5, seed=67),
    Case("lstm-3-layers-bf16-each", "lstm", 3, layers=3, dtype="BF16", q0="each", h0=True,
         bias=False, sequences=3, seed=68),
    Case("gru-3-layers-f16", "gru", 3, layers=3, dtype="F16", protocol={"warmup": 2}, seed=69),
    Case("lstm-auto-graded", "lstm", 8, protocol=AUTO, gain=0.4, seed=70),
    Case("gru-auto-memory", "gru", 6, protocol=AUTO, shift={"bias_ih_l0": [0, 6, 0]}, seed=71),
    *(Case(f"{cell}-hidden-size-1", cell, 1, hyper=hyper, seed=72 + i, protocol=LONG)
      for i, (cell, hyper) in enumerate({
          "gru": {}, "asrnn": {"eps": 0.2, "gamma": 0.3},
          "lipschitz": {**LIPSCHITZ, "eps": 0.3}, "noisy": LIPSCHITZ,
          "cornn": {"dt": 0.3, "gamma": 1.0, "epsilon": 1.0}, "lem": {"dt": 0.7},
          "rate": {"dt": 0.3}}.items())),
    Case("rnn-one-step", "rnn", 4, protocol={"steps": 1}, sequences=1, seed=80),
    Case("gru-compiled-inside", "gru", 3, prefix="model.rnn.", wrapper="module.",
         inner="_orig_mod.", seed=83),
    Case("lstm-wide", "lstm", 40, inputs=7, protocol={"steps": 6, "exponents": 33}, gain=1.5,
         seed=81),
    Case("rnn-wide", "rnn", 70, inputs=9, protocol={"steps": 6}, gain=1.5, seed=82),
)


def _deaf(name: str, values: np.ndarray) -> np.ndarray:
    """A network one unit of which does not hear the others."""
    return np.concatenate([0 * values[:1], values[1:]]) if name == "weight_hh_l0" else values


def _alike(name: str, values: np.ndarray) -> np.ndarray:
    """Output gates two of which hear nearly the same, so that W_o is nearly singular."""
    if name == "weight_hh_l0":
        values[-1] = values[-2] + 1e-9 * values[-1]
    return values


AT_LENGTH = {"orthonormalize_every": "auto", "steps": 40, "burn_in": 4}
HALF_SHUT = [0] * (3 * 48 + 24) + [-30] * 24  # the output gates of half the units

# So large that the engine pulls the last quarter of the directions by the inverse transpose.
PULLED = (
    Case("lstm-pulled", "lstm", 48, protocol=AT_LENGTH, sequences=1, seed=90),
    Case("lstm-pulled-64-graded", "lstm", 64, protocol=AT_LENGTH, gain=2.5, sequences=1, seed=91),
    Case("rnn-pulled", "rnn", 64, protocol=AT_LENGTH, gain=1.5, seed=92),
    Case("rnn-pulled-not-contracting", "rnn", 48, protocol=AT_LENGTH, gain=3.0, seed=93),
    Case("rnn-pulled-zero-row", "rnn", 48, protocol=AT_LENGTH, gain=1.5, edit=_deaf, seed=94),
    Case("lstm-pulled-nearly-singular", "lstm", 48, protocol=AT_LENGTH, edit=_alike,
         sequences=1, seed=95),
    Case("lstm-pulled-gates-shut", "lstm", 48, protocol=AT_LENGTH, sequences=1, seed=96,
         shift={"bias_ih_l0": HALF_SHUT}),
)

EVERY_CELL = (*OTHERS, *NASTY, *PULLED)

# One of every cell, saturated where that is quick: 90 digits take a second or two for each.
QUICK = ("rnn-deeply-saturated", "lem-open-gates-dt-1", "cornn-saturated", "rnn-one-step",
         "lstm-hidden-size-1", "gru-hidden-size-1", "asrnn-hidden-size-1",
         "lipschitz-hidden-size-1", "noisy-hidden-size-1", "rate-hidden-size-1")


def random_others(count: int, seed: int) -> list[Case]:
    """Random cases of the cells that are no PyTorch modules."""
    random = np.random.default_rng([seed, 2])
    cases = []
    for i in range(count):
        base = OTHERS[random.integers(len(OTHERS))]
        every = [1, 1, 3, "auto"][random.integers(4)]
        protocol = {"orthonormalize_every": every, "steps": int(random.integers(5, 30)),
                    "warmup": int(random.integers(0, 4)), "burn_in": int(random.integers(0, 6)),
                    "state": str(random.choice(["full", "hidden"]))}
        noisy = base.hyper.get("sigma", 0) != 0 or base.cell == "noisy" and random.integers(2) == 1
        cases.append(Case(
            f"random-{base.cell}-{seed}-{i}", base.cell, int(random.integers(1, 9)),
            inputs=base.inputs and int(random.integers(1, 6)), bias=bool(random.integers(2)),
            nonlinearity=base.nonlinearity, extra=base.extra, hyper=base.hyper, noise=noisy,
            dtype=str(random.choice(["F64", "F32", "F16", "BF16"])),
            sequences=int(random.integers(1, 4)), protocol=protocol,
            q0=str(random.choice(["", "shared", "each"])),
            h0=base.inputs == 0 or bool(random.integers(2)),
            gain=float(random.uniform(0.5, 3.0)), seed=int(random.integers(2**31))))
    return cases
