"""From the results of bench/run.py to the tables of bench/README.md."""

import os
import platform
import statistics
import subprocess
import time
from pathlib import Path

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
STEPS = {"rnn64": 128 * 28, "lstm128": 1000, "gru256": 200, "lstm256": 100, "lstm512": 16}


def tables(results: dict, python: str) -> str:
    rows = group(results["rows"])
    networks = sorted({network for network, *_ in rows}, key=list(STEPS).index)
    parts = [machine(python), kernel_table(results["kernels"])]
    parts += [network_table(network, rows) for network in networks]
    parts.append(ratio_table(networks, rows))
    if "memory" in results:
        parts.append(memory_lines(results["memory"]))
    return "\n\n".join(parts)


def rewrite(readme: Path, text: str) -> None:
    old = readme.read_text()
    head, rest = old.split(BEGIN)
    readme.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}")


def group(rows: list) -> dict:
    """All seconds of a variant together, whatever the round."""
    grouped: dict = {}
    for row in rows:
        key = (row["network"], row["who"], *row["variant"])
        entry = grouped.setdefault(key, {"seconds": [], "exponents": row["exponents"]})
        entry["seconds"] += row["seconds"]
    return grouped


def machine(python: str) -> str:
    code = "import torch, jax, numpy; print(torch.__version__, jax.__version__, numpy.__version__)"
    command = [python, "-c", code]
    torch, jax, numpy = subprocess.run(command, capture_output=True, text=True).stdout.split()
    model = "unknown processor"
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(": ")[1] for line in lines if "model name" in line), model)
    return (
        f"{time.strftime('%Y-%m-%d')}, {model}, {os.cpu_count()} shared cores, "
        f"{platform.system()}; PyTorch {torch.split('+')[0]}, JAX {jax}, NumPy {numpy}."
    )


def error(entry: dict, reference: dict) -> float:
    pairs = zip(entry["exponents"], reference["exponents"])
    return max(abs(ours - theirs) for ours, theirs in pairs)


def reference(network: str, rows: dict) -> dict:
    return rows[(network, "peer", "torch", "explicit", "double", 1, 0, 1)]


def network_table(network: str, rows: dict) -> str:
    lines = [
        f"### {network}",
        "",
        "| who | QR every | k | threads | ms per step: median (min to max) | largest error |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for key, entry in rows.items():
        if key[0] != network:
            continue
        if key[1] == "engine":
            _, _, every, exponents, precision, threads = key
            who = f"**Lyascope**, {precision}"
        else:
            _, _, library, way, precision, every, exponents, threads = key
            who, exponents = f"{library}, {way}, {precision}", exponents or "all"
        times = [1000 * value / STEPS[network] for value in entry["seconds"]]
        span = f"{statistics.median(times):.3g} ({min(times):.3g} to {max(times):.3g})"
        off = error(entry, reference(network, rows))
        lines.append(f"| {who} | {every} | {exponents} | {threads} | {span} | {off:.0e} |")
    return "\n".join(lines)


def median(entry: dict) -> float:
    return statistics.median(entry["seconds"])


def ratio_table(networks: list, rows: dict) -> str:
    lines = [
        "### Ratios of medians",
        "",
        "How many times faster the engine is, full spectrum, double, as many threads on both sides."
        " The best peer is the fastest of those within 1e-6 of the reference.",
        "",
        "| network | threads | auto : explicit PyTorch | QR every step : explicit PyTorch |"
        " auto : best peer | which |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for network in networks:
        for threads in (1, 2):
            auto = median(rows[(network, "engine", "auto", "all", "double", threads)])
            each = median(rows[(network, "engine", "1", "all", "double", threads)])
            explicit = median(rows[(network, "peer", "torch", "explicit", "double", 1, 0, threads)])
            peers = {
                key: median(entry)
                for key, entry in rows.items()
                if key[:2] == (network, "peer")
                and key[6:] == (0, threads)
                and error(entry, reference(network, rows)) < 1e-6
            }
            best = min(peers, key=peers.__getitem__)
            name = f"{best[2]}, {best[3]}, QR every {best[5]}"
            lines.append(
                f"| {network} | {threads} | {explicit / auto:.1f} | {explicit / each:.1f} |"
                f" {peers[best] / auto:.1f} | {name} |"
            )
    return "\n".join(lines)


def kernel_table(kernels: dict) -> str:
    peak = 2 / kernels["peak"][0]["primaryMetric"]["score"] * lanes()
    lines = [
        "### Kernels, one thread",
        "",
        f"Fused multiply-adds of registers alone: {peak:.0f} GFLOP/s.",
        "",
        "| n | product, GFLOP/s | of the peak | NumPy's product | QR, us | torch.linalg.qr, us |"
        " numpy.linalg.qr, us | best of both : ours |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    ours: dict = {}
    for entry in kernels["engine"]:
        what = entry["benchmark"].rsplit(".", 1)[1]
        ours.setdefault(entry["params"]["size"], {})[what] = entry["primaryMetric"]["score"]
    for size, entry in ours.items():
        theirs = kernels["peers"][size]
        flops = 2 * int(size) ** 3
        rate = flops / entry["product"] / 1e3
        torch, numpy = 1e6 * theirs["torch_qr"], 1e6 * theirs["numpy_qr"]
        qr = entry["decomposition"]
        lines.append(
            f"| {size} | {rate:.0f} | {100 * rate / peak:.0f} % |"
            f" {flops / theirs['numpy_product'] / 1e9:.0f} | {qr:.0f} | {torch:.0f} |"
            f" {numpy:.0f} | {min(torch, numpy) / qr:.1f} |"
        )
    return "\n".join(lines)


def lanes() -> int:
    """Doubles of a vector register."""
    flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    return 8 if "avx512f" in flags else 4 if "avx2" in flags else 2


def memory_lines(memory: dict) -> str:
    allocated = memory["secondary"].get("gc.alloc.rate.norm", float("nan"))
    return (
        "### Memory\n\n"
        "lstm512 with 10 sequences, full spectrum, runs in a heap of 300 MB (`-Xmx300m`, weights and"
        f" files included). A whole measurement allocates {allocated / 1e6:.0f} MB, at its"
        " beginning."
    )
