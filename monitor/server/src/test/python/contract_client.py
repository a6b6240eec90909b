"""Proves the contract from outside: another language, another Kafka library, no shared code.

usage: contract_client.py BOOTSTRAP_SERVERS MONITOR_URL TOPIC_PREFIX

The monitor is expected to run with ingest.chunk.timeout and ingest.probe.timeout of a few seconds.
Prints one line per scenario and ends with status 1 at the first that fails.
"""

import random
import sys

import numpy as np

import wire
from monitor_client import Client

SIZE, INPUTS, STEPS, SEQUENCES = 6, 3, 30, 4
ARCHITECTURE = {"cell": "rnn", "input_size": INPUTS, "hidden_size": SIZE, "nonlinearity": "tanh"}
PROTOCOL = {
    "burn_in": 5,
    "steps": 25,
    "orthonormalize_every": 1,
    "initial_basis": "identity",
}
RANDOM = np.random.default_rng(7)
PROBE_INPUTS = RANDOM.normal(size=(SEQUENCES, STEPS, INPUTS))


def weights(scale=1.0, size=SIZE):
    return {
        "weight_ih_l0": RANDOM.normal(size=(size, INPUTS)),
        "weight_hh_l0": scale * RANDOM.normal(size=(size, size)) / np.sqrt(size),
        "bias_ih_l0": RANDOM.normal(size=size) / 10,
        "bias_hh_l0": RANDOM.normal(size=size) / 10,
    }


def exponents(w):
    """Benettin's algorithm with LAPACK, one sequence after the other."""
    bias = w["bias_ih_l0"] + w["bias_hh_l0"]
    rates = np.zeros((SEQUENCES, SIZE))
    for b in range(SEQUENCES):
        h, q = np.zeros(SIZE), np.eye(SIZE)
        for t in range(STEPS):
            h = np.tanh(w["weight_ih_l0"] @ PROBE_INPUTS[b, t] + w["weight_hh_l0"] @ h + bias)
            q, r = np.linalg.qr((1 - h**2)[:, None] * (w["weight_hh_l0"] @ q))
            q = q * np.sign(np.diag(r))
            if t >= PROTOCOL["burn_in"]:
                rates[b] += np.log(np.abs(np.diag(r)))
    return np.sort(rates.mean(axis=0) / PROTOCOL["steps"])[::-1]


def publish(client, run, steps, order=lambda chunks: chunks, make=weights):
    made = {step: make() for step in steps}
    for step, w in made.items():
        client.send_snapshot(run, step, wire.snapshot(run, step, ARCHITECTURE, w), order=order)
        client.readings(run, len([s for s in made if s <= step]))
    return made


def check_readings(client, run, made):
    readings = {r["step"]: r for r in client.readings(run, len(made))}
    assert sorted(readings) == sorted(made), (sorted(readings), sorted(made))
    for step, w in made.items():
        assert readings[step].get("error") is None, readings[step]
        found, wanted = np.array(readings[step]["exponents"]), exponents(w)
        assert np.abs(found - wanted).max() < 1e-9, (step, found, wanted)


def a_run_is_measured_and_shown(client):
    run = "contract-1"
    document = {"type": "run", "run": run, "project": "contract", "name": "first",
                "attempt": 0, "state": "running", "total_steps": 20}
    client.send_document("runs.v1", document)
    client.send_probe(run, wire.probe(PROBE_INPUTS, PROTOCOL))
    scalars = {"type": "scalars", "run": run, "attempt": 0, "step": 0, "phase": "train",
               "values": {"train_loss": 2.5, "val_loss": "NaN"}}
    client.send_document("scalars.v1", scalars)
    made = publish(client, run, [0, 10, 20])
    check_readings(client, run, made)
    largest = exponents(made[20])[0]
    client.wait(
        "the largest exponent in /metrics",
        lambda: abs(client.counter("lyascope_exponent_max", run=run) - largest) < 1e-9,
    )
    client.wait("the loss in /metrics",
                lambda: client.counter("lyascope_training_loss", run=run) == 2.5)
    summary = client.run(run)["run"]
    assert summary["name"] == "first" and summary["step"] == 20, summary


def a_run_is_known_from_whatever_arrives_first(client):
    run = "contract-late-probe"
    w = weights()
    client.send_snapshot(run, 5, wire.snapshot(run, 5, ARCHITECTURE, w))
    client.wait("the run to be listed", lambda: f'"{run}"' in client.get("/api/v1/runs"))
    client.send_probe(run, wire.probe(PROBE_INPUTS, PROTOCOL))
    check_readings(client, run, {5: w})


def chunks_may_come_twice_and_in_any_order(client):
    run = "contract-shuffled"
    big = {"cell": "rnn", "input_size": INPUTS, "hidden_size": 400, "nonlinearity": "tanh"}
    client.send_probe(run, wire.probe(PROBE_INPUTS[:1, :3], {"burn_in": 0, "exponents": 1}))

    def shuffled(chunks):
        assert len(chunks) >= 3
        twice = chunks + chunks[:2]
        random.Random(3).shuffle(twice)
        return twice

    data = wire.snapshot(run, 1, big, weights(size=400))
    client.send_snapshot(run, 1, data, order=shuffled)
    reading = client.readings(run, 1)[0]
    assert reading.get("error") is None and len(reading["exponents"]) == 1, reading


def hostile_names_are_only_names(client):
    names = ["<script>alert(1)</script>", "two\nlines\r\n\"quoted\"", "x" * 5000, "a/b?c=%2F#d ../"]
    for run in names:
        client.send_probe(run, wire.probe(PROBE_INPUTS, PROTOCOL))
        made = publish(client, run, [1])
        check_readings(client, run, made)
        assert client.run(run)["run"]["run"] == run


def refused_snapshots_are_readings_and_the_run_goes_on(client):
    run = "contract-refused"
    client.send_probe(run, wire.probe(PROBE_INPUTS, PROTOCOL))
    broken = weights()
    broken["weight_hh_l0"][2, 3] = np.nan
    short = {**weights(), "weight_hh_l0": np.zeros((SIZE, SIZE + 1))}
    lacking = {k: v for k, v in weights().items() if k != "bias_hh_l0"}
    cases = [
        ("nonfinite_weights", "weight_hh_l0", ARCHITECTURE, broken),
        ("shape", "weight_hh_l0", ARCHITECTURE, short),
        ("missing_tensor", "bias_hh_l0", ARCHITECTURE, lacking),
        ("unsupported", "cell", {**ARCHITECTURE, "cell": "perceptron"}, weights()),
    ]
    for step, (kind, field, architecture, tensors) in enumerate(cases):
        client.send_snapshot(run, step, wire.snapshot(run, step, architecture, tensors))
        error = client.readings(run, step + 1)[step]["error"]
        assert error["kind"] == kind and field in error["field"], error
    good = weights()
    client.send_snapshot(run, 9, wire.snapshot(run, 9, ARCHITECTURE, good))
    readings = client.readings(run, len(cases) + 1)
    assert np.abs(np.array(readings[-1]["exponents"]) - exponents(good)).max() < 1e-9


def a_probe_that_never_comes_is_an_error_of_its_own(client):
    run = "contract-no-probe"
    client.send_snapshot(run, 3, wire.snapshot(run, 3, ARCHITECTURE, weights()))
    error = client.readings(run, 1)[0]["error"]
    assert error["kind"] == "probe", error


def what_is_no_snapshot_goes_to_the_dead_letters(client):
    run = "contract-dead"
    data = wire.snapshot(run, 1, ARCHITECTURE, weights())
    headers, _ = next(wire.chunks("snapshot", run, 0, 1, data))
    cases = [
        {},
        {**headers, "lyascope-chunk": "one/1"},
        {**headers, "lyascope-chunk": "3/2"},
        {**headers, "lyascope-digest": "0" * 64},
        {**headers, "lyascope-step": "soon"},
        {**headers, "ce_type": "io.lyascope.nonsense.v1"},
        {**headers, "padding": "x" * 300_000, "lyascope-chunk": "-1/1"},
    ]
    for i, case in enumerate(cases):
        client.send("snapshots.v1", f"{run}-{i}".encode(), data, case)
    client.send("snapshots.v1", f"{run}-null".encode(), None, headers)
    noise = b"\x00\x01 this is no tensor file"
    for h, piece in wire.chunks("snapshot", run, 0, 7, noise):
        client.send("snapshots.v1", run.encode(), piece, h)
    for topic in ("runs.v1", "scalars.v1"):
        client.send(topic, run.encode(), b"{ this is not JSON")

    def dead(records):
        return [r for r in records if (r.key() or b"").startswith(run.encode())]

    wanted = len(cases) + 2
    letters = dead(client.read("snapshots.v1.dlt", lambda rs: len(dead(rs)) >= wanted))
    for letter in letters:
        extra = dict(letter.headers())
        for name in ("reason", "topic", "partition", "offset"):
            assert extra.get(f"lyascope-dlt-{name}"), (letter.key(), extra)
    originals = [r for r in letters if r.key() == f"{run}-3".encode()]
    assert originals[0].value() == data and dict(originals[0].headers())["ce_subject"] == run.encode()


def half_a_snapshot_is_counted_and_forgotten(client):
    run = "contract-half"
    client.send_probe(run, wire.probe(PROBE_INPUTS, PROTOCOL))
    before = client.counter("lyascope_snapshots_total", result="incomplete")
    data = wire.snapshot(run, 1, ARCHITECTURE, {**weights(), "other": np.zeros(200_000)})
    client.send_snapshot(run, 1, data, order=lambda chunks: chunks[:1] + chunks[2:])
    made = publish(client, run, [2])
    client.wait(
        "the half snapshot to be counted as incomplete",
        lambda: client.counter("lyascope_snapshots_total", result="incomplete") > before,
    )
    check_readings(client, run, made)


def the_same_snapshot_twice_is_one_reading(client):
    run = "contract-twice"
    client.send_probe(run, wire.probe(PROBE_INPUTS, PROTOCOL))
    before = client.counter("lyascope_snapshots_total", result="duplicate")
    w = weights()
    data = wire.snapshot(run, 1, ARCHITECTURE, w)
    client.send_snapshot(run, 1, data)
    client.readings(run, 1)
    client.send_snapshot(run, 1, data)
    client.wait("the duplicate to be counted",
                lambda: client.counter("lyascope_snapshots_total", result="duplicate") > before)
    made = publish(client, run, [2])
    assert len(client.readings(run, 2)) == 2
    check_readings(client, run, {1: w, **made})


SCENARIOS = [
    a_run_is_measured_and_shown,
    a_run_is_known_from_whatever_arrives_first,
    chunks_may_come_twice_and_in_any_order,
    hostile_names_are_only_names,
    refused_snapshots_are_readings_and_the_run_goes_on,
    what_is_no_snapshot_goes_to_the_dead_letters,
    half_a_snapshot_is_counted_and_forgotten,
    the_same_snapshot_twice_is_one_reading,
    a_probe_that_never_comes_is_an_error_of_its_own,
]


def main():
    client = Client(*sys.argv[1:4])
    for scenario in SCENARIOS:
        scenario(client)
        print("ok  ", scenario.__name__.replace("_", " "), flush=True)


if __name__ == "__main__":
    main()
