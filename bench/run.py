"""Measures the engine and its peers in turn and writes the tables of bench/README.md.

    python3 bench/run.py              everything, 10 to 15 minutes on two cores
    python3 bench/run.py --quick      one small network: does it run at all?

Needs Maven and a JDK 25, and a Python with numpy, safetensors, torch and jax: the one that runs
this script, or the one that --python names.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import report

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "bench" / "target"
DATA = TARGET / "data"
NETWORKS = ("rnn64", "lstm128", "gru256", "lstm256", "lstm512")
SIZES = ("64", "128", "256", "512", "1024")

# (every, exponents, precision, cores)
ENGINE = (
    ("auto", "all", "double", 1),
    ("1", "all", "double", 1),
    ("auto", "all", "mixed", 1),
    ("auto", "32", "double", 1),
    ("auto", "all", "double", 2),
    ("1", "all", "double", 2),
)

# (library, way, precision, every, exponents, threads)
PEERS = (
    ("torch", "explicit", "double", 1, 0, 1),
    ("torch", "explicit", "float", 1, 0, 1),
    ("torch", "smart", "double", 1, 0, 1),
    ("torch", "smart", "double", 2, 0, 1),
    ("torch", "smart", "double", 4, 0, 1),
    ("numpy", "explicit", "double", 1, 0, 1),
    ("numpy", "smart", "double", 2, 0, 1),
    ("jax", "smart", "double", 1, 0, 1),
    ("jax", "smart", "double", 2, 0, 1),
    ("torch", "smart", "double", 4, 32, 1),
    ("jax", "smart", "double", 4, 32, 1),
    ("torch", "explicit", "double", 1, 0, 2),
    ("torch", "smart", "double", 2, 0, 2),
)


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def build() -> None:
    say("building ...")
    command = ["mvn", "-q", "-B", "-Pbench", "-pl", "bench", "-am", "package", "-DskipTests"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)


def jmh(pattern: str, output: Path, *options: str) -> list:
    launcher = [str(ROOT / "lyascope"), "--print-java-home"]
    home = subprocess.run(launcher, check=True, capture_output=True, text=True).stdout.strip()
    jars = ":".join([str(path) for path in (TARGET / "lib").glob("*.jar")])
    command = [f"{home}/bin/java", "--add-modules=jdk.incubator.vector"]
    command += [f"-Dlyascope.bench.data={DATA}", "-cp", f"{TARGET}/classes:{jars}"]
    command += ["org.openjdk.jmh.Main", pattern, "-f", "1", "-rf", "json", "-rff", str(output)]
    subprocess.run([*command, *options], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return json.loads(output.read_text())


def engine(network: str, variant: tuple, *options: str) -> dict:
    every, exponents, precision, cores = variant
    parameters = [
        f"-pnetwork={network}",
        f"-pevery={every}",
        f"-pexponents={exponents}",
        f"-pprecision={precision}",
        f"-pcores={cores}",
    ]
    options = ("-wi", "2", "-i", "3", *options)
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
    command += ["--repeat", "2"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(python: str, networks: tuple, rounds: int) -> list:
    rows = []
    for turn in range(rounds):
        for network in networks:
            for variant in ENGINE:
                say(f"round {turn + 1}/{rounds}, {network}: engine {variant}")
                row = {"network": network, "who": "engine", "variant": variant}
                rows.append(row | engine(network, variant))
            for variant in PEERS:
                say(f"round {turn + 1}/{rounds}, {network}: {variant}")
                row = {"network": network, "who": "peer", "variant": variant}
                rows.append(row | peer(python, network, variant))
    return rows


def kernels(python: str, sizes: tuple) -> dict:
    say("kernels ...")
    quick = ("-wi", "3", "-i", "5", "-w", "500ms", "-r", "500ms")
    ours = jmh("KernelBenchmark", TARGET / "kernels.json", *quick, "-psize=" + ",".join(sizes))
    peak = jmh("PeakBenchmark", TARGET / "peak.json", *quick)
    command = [python, str(ROOT / "bench" / "linear_algebra.py"), *sizes]
    theirs = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {"engine": ours, "peak": peak, "peers": json.loads(theirs)}


def memory() -> dict:
    say("allocation and heap of lstm512 x 10 sequences ...")
    return engine("lstm512x10", ("auto", "all", "double", 1), "-prof", "gc", "-jvmArgs", "-Xmx300m")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one small network, few sizes")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--python", default=sys.executable, help="with torch and jax")
    arguments = parser.parse_args()
    networks = ("rnn64",) if arguments.quick else NETWORKS
    sizes = SIZES[:2] if arguments.quick else SIZES
    build()
    subprocess.run([arguments.python, str(ROOT / "bench" / "networks.py"), str(DATA)], check=True)
    results = {
        "kernels": kernels(arguments.python, sizes),
        "rows": measure(arguments.python, networks, arguments.rounds),
    }
    if not arguments.quick:
        results["memory"] = memory()
    (TARGET / "results.json").write_text(json.dumps(results))
    text = report.tables(results, arguments.python)
    if arguments.quick:
        print(text)
    else:
        report.rewrite(ROOT / "bench" / "README.md", text)
        say("bench/README.md is written")


if __name__ == "__main__":
    main()
