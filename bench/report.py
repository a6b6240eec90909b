"""From the results of bench/run.py to the tables of bench/README.md."""

import os
import platform
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import networks
import targets

# The peer that gives the exponents all others are compared with.
REFERENCE = ("torch", "explicit", "double", 1, 0, 1)

# Errors up to this are no difference.
EQUAL = 1e-6


def tables(results: dict, python: str) -> str:
    rows = group(results["rows"])
    names = list(dict.fromkeys(network for network, *_ in rows))
    kernels = kernel_rows(results["kernels"])
    counts = sorted({key[-1] for key in rows})
    ratios = [
        ratio
        for name in names
        for threads in counts
        for exponents in measured_counts(name, threads, rows)
        for ratio in speedups(name, threads, exponents, rows)
    ]
    parts = [f"{machine()} {versions(python)}", targets.table(ratios, kernels, results["memory"])]
    parts += [ratio_table(ratios), kernel_table(kernels)]
    parts += [network_table(name, rows) for name in names]
    return "\n\n".join(parts)


def rewrite(page: Path, text: str, name: str = "measured") -> None:
    """Puts the text between the marks of that name."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    head, rest = page.read_text().split(begin)
    page.write_text(f"{head}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}")


def group(rows: list) -> dict:
    """The seconds of a variant, a list for each round."""
    grouped: dict = {}
    for row in rows:
        key = (row["network"], row["who"], *row["variant"])
        entry = grouped.setdefault(key, {"rounds": [], "exponents": row["exponents"]})
        entry["rounds"].append(row["seconds"])
    return grouped


def machine() -> str:
    model = "unknown processor"
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(": ")[1] for line in lines if "model name" in line), model)
    today = time.strftime("%Y-%m-%d")
    return f"{today}, {model}, {os.cpu_count()} shared cores, {platform.system()}."


def versions(python: str) -> str:
    code = "import torch, jax, numpy; print(torch.__version__, jax.__version__, numpy.__version__)"
    command = [python, "-c", code]
    torch, jax, numpy = subprocess.run(command, capture_output=True, text=True).stdout.split()
    return f"PyTorch {torch.split('+')[0]}, JAX {jax}, NumPy {numpy}."


def error(entry: dict, reference: dict) -> float:
    pairs = zip(entry["exponents"], reference["exponents"])
    return max(abs(ours - theirs) for ours, theirs in pairs)


def reference(network: str, rows: dict) -> dict:
    return rows[(network, "peer", *REFERENCE)]


def network_table(name: str, rows: dict) -> str:
    network = networks.NETWORKS[name]
    first = reference(name, rows)["exponents"]
    lines = [
        f"### {name}",
        "",
        f"{network.sequences} sequences of {network.steps} steps, {network.state} exponents from"
        f" {first[0]:.2f} to {first[-1]:.1f}.",
        "",
        "| who | QR every | k | threads | ms per step: median (min to max) | largest error |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for key, entry in rows.items():
        if key[0] == name:
            who, every, count, threads = described(key)
            per_step = 1000 / (network.sequences * network.steps)
            times = [per_step * value for seconds in entry["rounds"] for value in seconds]
            span = f"{statistics.median(times):.3g} ({min(times):.3g} to {max(times):.3g})"
            off = error(entry, reference(name, rows))
            lines.append(f"| {who} | {every} | {count} | {threads} | {span} | {off:.0e} |")
    return "\n".join(lines)


def described(key: tuple) -> tuple:
    """Who, the interval, the number of exponents and of threads."""
    if key[1] == "engine":
        _, _, every, exponents, precision, threads = key
        return f"**Lyascope**, {precision}", every, exponents, threads
    _, _, library, way, precision, every, exponents, threads = key
    return f"{library}, {way}, {precision}", every, exponents or "all", threads


@dataclass(frozen=True)
class Ratio:
    """How many times faster the engine is, a value for each round."""

    network: str
    threads: int
    what: str
    values: tuple
    peer: str

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def __str__(self) -> str:
        span = f" ({min(self.values):.1f} to {max(self.values):.1f})"
        return f"{self.median:.1f}{span if len(self.values) > 1 else ''}"


def measured_counts(name: str, threads: int, rows: dict) -> list:
    """How many exponents were measured in every way: all, and for LSTM as many as units."""
    units = networks.NETWORKS[name].hidden
    both = (name, "peer", *REFERENCE[:-2], units, threads) in rows
    return [0, units] if both else [0]


def speedups(name: str, threads: int, exponents: int, rows: dict) -> list:
    """The three ratios that count: double, as many exponents and threads on both sides."""

    def medians(key: tuple) -> list:
        return [statistics.median(seconds) for seconds in rows[key]["rounds"]]

    def ratio(what: str, every: str, key: tuple) -> Ratio:
        ours = medians((name, "engine", every, str(exponents or "all"), "double", threads))
        values = tuple(theirs / own for theirs, own in zip(medians(key), ours))
        who, interval, *_ = described(key)
        case = f"{name}, k = {exponents}" if exponents else name
        return Ratio(case, threads, what, values, f"{who}, QR every {interval}")

    equal = [
        key
        for key, entry in rows.items()
        if key[:2] == (name, "peer")
        and key[6:] == (exponents, threads)
        and error(entry, reference(name, rows)) <= EQUAL
    ]
    best = min(equal, key=lambda key: statistics.median(medians(key)))
    explicit = (name, "peer", *REFERENCE[:-2], exponents, threads)
    return [
        ratio(targets.AUTO, "auto", explicit),
        ratio(targets.EVERY_STEP, "1", explicit),
        ratio(targets.BEST, "auto", best),
    ]


def ratio_table(ratios: list) -> str:
    lines = [
        "### Ratios",
        "",
        "How many times faster the engine is: double, as many exponents and threads on both sides,"
        " the whole spectrum where no k is named."
        " The best peer is the fastest of those within 1e-6 of the reference. Ratios are those of"
        " medians within a round; with several rounds their median and in brackets the extremes.",
        "",
        f"| network | threads | {targets.AUTO} | {targets.EVERY_STEP} | {targets.BEST} | best peer |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for auto, each, best in zip(ratios[::3], ratios[1::3], ratios[2::3]):
        lines.append(
            f"| {auto.network} | {auto.threads} | {auto} | {each} | {best} | {best.peer} |"
        )
    return "\n".join(lines)


def first_table(results: list) -> str:
    """Rows of networks, columns of what the process did before."""
    seconds: dict = {}
    for entry in results:
        times = [time for fork in entry["primaryMetric"]["rawData"] for time in fork]
        span = f"{statistics.median(times):.2f} ({min(times):.2f} to {max(times):.2f})"
        seconds.setdefault(entry["params"]["network"], {})[entry["params"]["before"]] = span
    lines = [machine(), "", "| network | nothing, s | warm-up, s |", "| --- | --- | --- |"]
    lines += [f"| {name} | {row['NOTHING']} | {row['WARM_UP']} |" for name, row in seconds.items()]
    return "\n".join(lines)


def kernel_rows(kernels: dict) -> list:
    """Rates in GFLOP/s and times in microseconds for every size."""
    fastest = min(kernels["peak"][0]["primaryMetric"]["rawData"][0])
    peak = 2 / fastest * lanes()
    ours: dict = {}
    for entry in kernels["engine"]:
        what = entry["benchmark"].rsplit(".", 1)[1]
        times = [time for fork in entry["primaryMetric"]["rawData"] for time in fork]
        ours.setdefault(entry["params"]["size"], {})[what] = statistics.median(times)
    rows = []
    for size, entry in ours.items():
        theirs = kernels["peers"][size]
        flops = 2 * int(size) ** 3
        rows.append(
            {
                "size": int(size),
                "peak": peak,
                "product": flops / entry["product"] / 1e3,
                "numpy_product": flops / theirs["numpy_product"] / 1e9,
                "qr": entry["decomposition"],
                "torch_qr": 1e6 * theirs["torch_qr"],
                "numpy_qr": 1e6 * theirs["numpy_qr"],
            }
        )
    return rows


def kernel_table(rows: list) -> str:
    lines = [
        "### Kernels, one thread",
        "",
        f"Fused multiply-adds of registers alone: {rows[0]['peak']:.0f} GFLOP/s.",
        "",
        "| n | product, GFLOP/s | of the peak | NumPy's product | QR, us | torch.linalg.qr, us |"
        " numpy.linalg.qr, us | the faster of both : ours |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        faster = min(row["torch_qr"], row["numpy_qr"]) / row["qr"]
        lines.append(
            f"| {row['size']} | {row['product']:.0f} | {100 * row['product'] / row['peak']:.0f} % |"
            f" {row['numpy_product']:.0f} | {row['qr']:.0f} | {row['torch_qr']:.0f} |"
            f" {row['numpy_qr']:.0f} | {faster:.1f} |"
        )
    return "\n".join(lines)


def lanes() -> int:
    """Doubles of a vector register."""
    flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    return 8 if "avx512f" in flags else 4 if "avx2" in flags else 2
