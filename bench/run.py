"""Measures the engine and its peers in turn and writes the tables of bench/README.md.

    python3 bench/run.py              everything
    taskset -c 1 python3 bench/run.py everything with one thread, the rest left to other work
    python3 bench/run.py --quick      one small network: does it run at all?
    python3 bench/run.py --first      the first measurement of a process alone

Needs Maven and a JDK 25, and a Python with numpy and safetensors for itself and with torch and jax
besides for the peers, unless --python names another for those.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import networks
import report
from launch import DATA, ROOT, TARGET, build, java, say

NETWORKS = ("rnn64", "lstm128", "gru256", "lstm256", "lstm512")
THREADS = len(os.sched_getaffinity(0))
SIZES = ("64", "128", "256", "512", "1024")

# (every, exponents, precision, cores); "units": as many exponents as units, where that is fewer
ENGINE = (
    ("auto", "all", "double", 1),
    ("1", "all", "double", 1),
    ("auto", "all", "mixed", 1),
    ("auto", "32", "double", 1),
    ("auto", "all", "double", 2),
    ("1", "all", "double", 2),
    ("auto", "units", "double", 1),
    ("1", "units", "double", 1),
)

# (library, way, precision, every, exponents, threads); LONGEST is the longest fixed interval that
# keeps every exponent within 1e-6 of the reference, UNITS as many exponents as units
LONGEST = 0
UNITS = -1
PEERS = (
    report.REFERENCE,
    ("torch", "smart", "double", 1, 0, 1),
    ("torch", "smart", "double", LONGEST, 0, 1),
    ("jax", "smart", "double", LONGEST, 0, 1),
    ("torch", "explicit", "double", 1, 0, 2),
    ("torch", "smart", "double", LONGEST, 0, 2),
    ("jax", "smart", "double", LONGEST, 0, 2),
    ("numpy", "explicit", "double", 1, 0, 1),
    ("numpy", "smart", "double", LONGEST, 0, 1),
    ("torch", "smart", "double", LONGEST, 32, 1),
    ("jax", "smart", "double", LONGEST, 32, 1),
    ("torch", "explicit", "float", 1, 0, 1),
    ("torch", "explicit", "double", 1, UNITS, 1),
    ("jax", "smart", "double", LONGEST, UNITS, 1),
)


def jmh(pattern: str, output: Path, *options: str) -> list:
    arguments = ("-f", "1", "-foe", "true", "-rf", "json", "-rff", str(output), *options)
    java("org.openjdk.jmh.Main", pattern, *arguments)
    return json.loads(output.read_text())


def is_short(network: str) -> bool:
    """Whether a measurement takes a second or two at most."""
    return networks.NETWORKS[network].hidden <= 128


def engine(network: str, variant: tuple, *options: str, warm: int = 1) -> dict:
    every, exponents, precision, cores = variant
    parameters = [
        f"-pnetwork={network}",
        f"-pevery={every}",
        f"-pexponents={exponents}",
        f"-pprecision={precision}",
        f"-pcores={cores}",
    ]
    options = ("-wi", str(warm), "-i", "10" if is_short(network) else "3", *options)
    result = jmh("SpectrumBenchmark", TARGET / "spectrum.json", *parameters, *options)[0]
    spectrum = DATA / f"{network}-{every}-{exponents}-{precision}-{cores}.json"
    measured = {"exponents": json.loads(spectrum.read_text())}
    measured["seconds"] = [value for fork in result["primaryMetric"]["rawData"] for value in fork]
    measured["secondary"] = {
        name: metric["score"] for name, metric in result["secondaryMetrics"].items()
    }
    return measured


def peer(python: str, network: str, variant: tuple) -> dict:
    library, way, precision, every, exponents, threads = variant
    command = [python, str(ROOT / "bench" / "peers.py"), str(DATA / network)]
    command += ["--library", library, "--way", way, "--precision", precision]
    command += ["--every", str(every), "--exponents", str(exponents), "--threads", str(threads)]
    command += ["--repeat", "5" if is_short(network) else "2"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def longest(python: str, network: networks.Network, exponents: int) -> int:
    """The longest interval for the peers that divides the steps and keeps 1e-6."""
    reference = peer(python, network.name, report.REFERENCE)
    interval = 1
    for every in range(2, network.steps + 1):
        if network.steps % every == 0:
            measured = peer(python, network.name, ("torch", "smart", "double", every, exponents, 1))
            if report.error(measured, reference) > report.EQUAL:
                break
            interval = every
    say(f"{network.name}: peers decompose every {interval} steps, k = {exponents or 'all'}")
    return interval


def variants(python: str, network: networks.Network) -> list:
    """Engine and peers in turn, so that a busy moment of the machine meets both."""
    part = network.hidden if network.hidden < network.state else None
    counts = {0: 0, 32: 32, UNITS: part}
    intervals = {k: longest(python, network, k) for k in counts.values() if k is not None}
    peers = [
        (library, way, precision, every or intervals[counts[k]], counts[k], threads)
        for library, way, precision, every, k, threads in PEERS
        if threads <= THREADS and counts[k] is not None
    ]
    own = [
        (every, str(part) if count == "units" else count, precision, cores)
        for every, count, precision, cores in ENGINE
        if cores <= THREADS and (part or count != "units")
    ]
    pairs = itertools.zip_longest(
        [("engine", variant) for variant in own],
        [("peer", variant) for variant in dict.fromkeys(peers)],
    )
    return [one for pair in pairs for one in pair if one]


def measure(python: str, names: tuple, rounds: int) -> list:
    rows = []
    work = {name: variants(python, networks.NETWORKS[name]) for name in names}
    for turn in range(rounds):
        for name in names:
            for who, variant in work[name]:
                say(f"round {turn + 1}/{rounds}, {name}: {who} {variant}")
                row = {"network": name, "who": who, "variant": variant, "round": turn}
                measured = engine(name, variant) if who == "engine" else peer(python, name, variant)
                rows.append(row | measured)
                (TARGET / "rows.json").write_text(json.dumps(rows))
    return rows


def kernels(python: str, sizes: tuple) -> dict:
    say("kernels ...")
    quick = ("-wi", "8", "-i", "8", "-w", "500ms", "-r", "500ms")
    ours = jmh("KernelBenchmark", TARGET / "kernels.json", *quick, "-psize=" + ",".join(sizes))
    peak = jmh("PeakBenchmark", TARGET / "peak.json", *quick)
    command = [python, str(ROOT / "bench" / "linear_algebra.py"), *sizes]
    theirs = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {"engine": ours, "peak": peak, "peers": json.loads(theirs)}


def allocated(network: str, steps: int, *options: str) -> float:
    """Bytes that a measurement allocates once the compiler has nothing more to do."""
    warm = 40 if is_short(network) else 1
    limit = f"-psteps={steps}"
    measured = engine(network, ENGINE[0], limit, "-prof", "gc", *options, warm=warm)
    return measured["secondary"]["gc.alloc.rate.norm"]


def memory() -> dict:
    say("allocation, and heap of lstm512 x 10 sequences ...")
    network = networks.NETWORKS["lstm128"]
    few, many = network.steps // 5, 3 * network.steps // 5
    more = allocated(network.name, many) - allocated(network.name, few)
    per_step = more / (network.sequences * (many - few)) - 8 * network.inputs
    try:
        whole = allocated("lstm512x10", 2, "-jvmArgsAppend", "-Xmx300m")
    except subprocess.CalledProcessError:
        whole = None
    return {"per_step": per_step, "whole": whole}


def first() -> list:
    """The first measurements of five new processes each."""
    say("first measurements ...")
    output = TARGET / "first.json"
    java("org.openjdk.jmh.Main", "FirstBenchmark", "-rf", "json", "-rff", str(output))
    return json.loads(output.read_text())


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one small network, few sizes")
    parser.add_argument("--first", action="store_true", help="the first of a process alone")
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=NETWORKS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--python", default=sys.executable, help="with torch and jax")
    parsed = parser.parse_args()
    if parsed.quick:
        parsed.networks = ("rnn64",)
    return parsed


def main() -> None:
    chosen = arguments()
    build()
    for network in networks.NETWORKS.values():
        networks.write(network, DATA / network.name)
    readme = ROOT / "bench" / "README.md"
    if not chosen.quick:
        report.rewrite(readme, report.first_table(first()), "first")
    if chosen.first:
        return
    results = {
        "kernels": kernels(chosen.python, SIZES[:2] if chosen.quick else SIZES),
        "rows": measure(chosen.python, tuple(chosen.networks), chosen.rounds),
        "memory": memory(),
    }
    (TARGET / "results.json").write_text(json.dumps(results))
    text = report.tables(results, chosen.python)
    if chosen.quick or len(chosen.networks) < len(NETWORKS):
        print(text)
    else:
        report.rewrite(readme, text)
        say("bench/README.md is written")


if __name__ == "__main__":
    main()
