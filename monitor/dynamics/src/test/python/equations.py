"""One step of every recurrent cell, as SCIENCE writes it, for any kind of number.

The equations use `@`, `*`, `+` and three functions of `ops` only, so the same lines run on torch
tensors in double (Jacobians by autograd) and on NumPy arrays of mpmath numbers with as many digits
as one likes (Jacobians by finite differences). States are lists of vectors, one a part; the flat
state is their concatenation. Column vectors throughout: `M @ v`.
"""

GATES = {"rnn": 1, "lstm": 4, "gru": 3}


class Equations:
    """A network of one architecture; `weights` are matrices and vectors of the kind of number."""

    def __init__(self, architecture: dict, weights: dict, ops) -> None:
        self.cell = architecture["cell"]
        self.hidden = architecture["hidden_size"]
        self.layers = architecture.get("num_layers") or 1
        self.bias = architecture.get("bias", True)
        self.hyper = architecture.get("hyper") or {}
        self.nonlinearity = architecture.get("nonlinearity") or "tanh"
        self.weights = weights
        self.ops = ops
        self.phi = getattr(ops, self.nonlinearity)

    @property
    def parts(self) -> int:
        """How many vectors of hidden size make up the state."""
        return self.layers * (2 if self.cell in ("lstm", "cornn", "lem") else 1)

    @property
    def h_parts(self) -> int:
        """How many of them, from the first, are h."""
        return self.layers

    @property
    def time_step(self) -> float:
        """Exponents of rate networks are per unit time."""
        return self.hyper["dt"] if self.cell == "rate" else 1.0

    def step(self, state: list, drive: dict) -> list:
        """The next parts of the state. `drive` holds `inputs` and what noise there is."""
        return getattr(self, "_" + self.cell)(state, drive)

    def _gates(self, layer: int, kind: str, vector) -> list:
        total = self.weights[f"weight_{kind}_l{layer}"] @ vector
        if self.bias:
            total = total + self.weights[f"bias_{kind}_l{layer}"]
        return [total[i * self.hidden : (i + 1) * self.hidden] for i in range(GATES[self.cell])]

    def _rnn(self, state: list, drive: dict) -> list:
        below, new = drive["inputs"], []
        for layer, h in enumerate(state):
            (x,), (s,) = self._gates(layer, "ih", below), self._gates(layer, "hh", h)
            below = self.phi(x + s)
            new.append(below)
        return new

    def _lstm(self, state: list, drive: dict) -> list:
        below, hs, cs = drive["inputs"], [], []
        s = self.ops.sigmoid
        for layer in range(self.layers):
            h, c = state[layer], state[self.layers + layer]
            pairs = zip(self._gates(layer, "ih", below), self._gates(layer, "hh", h))
            i, f, g, o = (x + y for x, y in pairs)
            cs.append(s(f) * c + s(i) * self.ops.tanh(g))
            below = s(o) * self.ops.tanh(cs[-1])
            hs.append(below)
        return hs + cs

    def _gru(self, state: list, drive: dict) -> list:
        below, new = drive["inputs"], []
        for layer, h in enumerate(state):
            (xr, xz, xn), (hr, hz, hn) = self._gates(layer, "ih", below), self._gates(layer, "hh", h)
            r, z = self.ops.sigmoid(xr + hr), self.ops.sigmoid(xz + hz)
            # 1 - z = s(-..), which keeps its digits where z rounds to one.
            below = self.ops.sigmoid(-(xz + hz)) * self.ops.tanh(xn + r * hn) + z * h
            new.append(below)
        return new

    def _asrnn(self, state: list, drive: dict) -> list:
        (h,), w = state, self.weights
        u = w["weight_hh"]
        a = u @ h - u.T @ h - self.hyper["gamma"] * h + w["weight_ih"] @ drive["inputs"]
        return [h + self.hyper["eps"] * self.ops.tanh(a + self._optional("bias"))]

    def _cornn(self, state: list, drive: dict) -> list:
        (y, z), w, p = state, self.weights, self.hyper
        if "cell.i2h.weight" in w:
            n, d = self.hidden, w["cell.i2h.weight"].shape[1] - 2 * self.hidden
            all_of_it = w["cell.i2h.weight"]
            v, wz, wy = all_of_it[:, :d], all_of_it[:, d : d + n], all_of_it[:, d + n :]
            b = self._optional("cell.i2h.bias")
        else:
            v, wz, wy = w["V.weight"], w["wz.weight"], w["wy.weight"]
            b = self._optional("V.bias")
        pull = self.ops.tanh(wy @ y + wz @ z + v @ drive["inputs"] + b)
        z = z + p["dt"] * (pull - p["gamma"] * y - p["epsilon"] * z)
        return [y + p["dt"] * z, z]

    def _lipschitz(self, state: list, drive: dict) -> list:
        return [state[0] + self.hyper["eps"] * self._drift(state[0], drive)]

    def _noisy(self, state: list, drive: dict) -> list:
        (h,), stride = state, self.weights["d"]
        if "noise_mult" in drive:
            stride = stride * drive["noise_mult"]
        new = h + stride * self._drift(h, drive)
        return [new + drive["noise_add"] if "noise_add" in drive else new]

    def _drift(self, h, drive: dict):
        """alpha A h + tanh(W h + U x + b), or with the transposes of A and W."""
        w, p = self.weights, self.hyper
        a = self._symmetrized(w["B"], p["gamma_a"], h)
        b = self._symmetrized(w["C"], p["gamma_w"], h)
        inner = b + w["E.weight"] @ drive["inputs"] + self._optional("E.bias")
        return p.get("alpha", 1) * a + self.ops.tanh(inner)

    def _symmetrized(self, m, gamma: float, h):
        """(beta (M - M^T) + (1 - beta) (M + M^T) - gamma I) h, or h times it as a row."""
        m = m.T if self.hyper.get("order", "row") == "row" else m
        beta, plain, turned = self.hyper["beta"], m @ h, m.T @ h
        return beta * (plain - turned) + (1 - beta) * (plain + turned) - gamma * h

    def _lem(self, state: list, drive: dict) -> list:
        (y, z), w, n, dt = state, self.weights, self.hidden, self.hyper["dt"]
        x = w["cell.inp2hid.weight"] @ drive["inputs"] + self._optional("cell.inp2hid.bias")
        s = w["cell.hid2hid.weight"] @ y + self._optional("cell.hid2hid.bias")
        x1, x2, x_into_y, x_into_z = (x[i * n : (i + 1) * n] for i in range(4))
        s1, s2, s_into_z = (s[i * n : (i + 1) * n] for i in range(3))
        t1, t2 = dt * self.ops.sigmoid(x1 + s1), dt * self.ops.sigmoid(x2 + s2)
        # 1 - dt s, which keeps its digits where dt is one and the gate open.
        kept1, kept2 = (1 - dt + dt * self.ops.sigmoid(-a) for a in (x1 + s1, x2 + s2))
        z = kept2 * z + t2 * self.ops.tanh(x_into_z + s_into_z)
        onward = w["cell.transform_z.weight"] @ z + self._optional("cell.transform_z.bias")
        return [kept1 * y + t1 * self.ops.tanh(onward + x_into_y), z]

    def _rate(self, state: list, drive: dict) -> list:
        (h,), w, dt = state, self.weights, self.hyper["dt"]
        active = self.phi(h)
        pull = w["weight_hh"] @ active
        if "u" in w:
            pull = pull + w["u"].reshape(-1) * (w["w"].reshape(-1) @ active)
        if "weight_ih" in w:
            pull = pull + w["weight_ih"] @ drive["inputs"]
        if "bias" in w:
            pull = pull + self._optional("bias")
        new = (1 - dt) * h + dt * pull
        if self.hyper.get("sigma", 0):
            new = new + self.ops.sqrt(dt) * self.hyper["sigma"] * drive["noise"]
        return [new]

    def _optional(self, name: str):
        return self.weights[name] if self.bias else 0.0
