"""A real training with JAX: a tree of parameters that a function returns anew at each step."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

import lyascope
from fakes import FakeMonitor
from lyascope.jax import named


def parameters() -> dict[str, dict[str, jax.Array]]:
    keys = jax.random.split(jax.random.key(1), 3)
    core = {"w": jax.random.normal(keys[0], (6, 6)) / 3, "v": jax.random.normal(keys[1], (6, 3))}
    core |= {"b": jnp.zeros(6), "zero": jnp.zeros(6)}
    return {"core": core, "head": {"w": jax.random.normal(keys[2], (6,))}}


def loss(tree: dict[str, dict[str, jax.Array]], inputs: jax.Array) -> jax.Array:
    core = tree["core"]

    def step(h: jax.Array, x: jax.Array) -> tuple[jax.Array, None]:
        return jnp.tanh(x @ core["v"].T + h @ core["w"].T + core["b"]), None

    h, _ = jax.lax.scan(step, jnp.zeros((inputs.shape[0], 6)), inputs.transpose(1, 0, 2))
    return jnp.mean((h @ tree["head"]["w"] - 1.0) ** 2)


NAMES = {
    "core.v": "weight_ih_l0",
    "core.w": "weight_hh_l0",
    "core.b": "bias_ih_l0",
    "core.zero": "bias_hh_l0",
}


def test_a_training_sends_the_newest_parameters(monitor: FakeMonitor) -> None:
    tree = parameters()
    inputs = jax.random.normal(jax.random.key(2), (4, 30, 3))
    run = lyascope.init("tests", "jax", total_steps=3)
    architecture = {"cell": "rnn", "input_size": 3, "hidden_size": 6, "nonlinearity": "tanh"}
    run.watch(lambda: named(tree, NAMES), architecture=architecture, probe=inputs)
    for step in range(3):
        value, gradients = jax.value_and_grad(loss)(tree, inputs)
        tree = jax.tree.map(lambda p, g: p - 0.1 * g, tree, gradients)
        run.log({"train_loss": value}, step=step)
    run.publish(3)
    run.finish()
    last = monitor.of("snapshots")[-1].file()
    wanted = np.asarray(tree["core"]["w"]).ravel()
    assert np.array_equal(last.tensors["weight_hh_l0"].numbers(), wanted)
    assert set(last.tensors) == set(NAMES.values())
    assert monitor.of("probe")[0].file().tensors["inputs"].shape == (4, 30, 3)


def test_leaves_have_the_names_of_their_paths() -> None:
    assert set(named({"a": [jnp.zeros(1), {"b": jnp.zeros(2)}]})) == {"a.0", "a.1.b"}


def test_bfloat16_arrays_of_jax_are_sent() -> None:
    from lyascope.arrays import tensor

    values = jnp.array([1.0, 2.5, -3.0], jnp.bfloat16)
    assert tensor(values).numbers() == [1.0, 2.5, -3.0]
    assert tensor(values, "BF16").numbers() == [1.0, 2.5, -3.0]
