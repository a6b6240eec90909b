"""Measures how far spectra are off and writes the tables and the picture of docs/accuracy.md.

    python3 bench/accuracy.py         two minutes on two quiet cores

Needs Maven and a JDK 25, and a Python with numpy, safetensors and matplotlib.
"""

import argparse
import json

import networks
from launch import DATA, ROOT, TARGET, build, java, say
from report import machine, rewrite

GENERATED = ("rnn64", "lstm128", "gru256")
PAGE = ROOT / "docs" / "accuracy.md"
PICTURE = ROOT / "docs" / "accuracy.svg"
STARTS = {"WARM": "warm", "COLD": "cold", "COLD_WITHOUT_BURN_IN": "cold, short burn-in"}
BURN_IN = {"WARM": 2, "COLD": 20, "COLD_WITHOUT_BURN_IN": 2}


def number(value) -> str:
    """Two digits; what is below rounding is zero."""
    value = float(value)
    if value < 1e-15:
        return "0"
    return f"{value:.2g}" if value >= 1e-3 else f"{value:.0e}".replace("e-0", "e-")


def table(head: tuple, rows: list) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def grouped(rows: list) -> dict:
    networks_first: dict = {}
    for row in rows:
        networks_first.setdefault(row["network"], []).append(row)
    return networks_first


def errors(row: dict) -> list:
    return [number(row[what]) for what in ("largest", "first", "mean")]


def anytime(rows: list) -> str:
    head = ("network", "steps", "time", "largest error", "of lambda_1", "of the mean")
    head += ("half the widest interval", "intervals that hold")
    cells = []
    for network, own in grouped(rows).items():
        whole = own[-1]["seconds"]
        seen = set()
        for row in own:
            if row["steps"] not in seen:
                time = f"{100 * row['seconds'] / whole:.0f} %"
                half, inside = number(row["half_width"]), f"{100 * float(row['inside']):.0f} %"
                cells.append([network, str(row["steps"]), time, *errors(row), half, inside])
            seen.add(row["steps"])
    return table(head, cells)


def starts(rows: list) -> str:
    head = ("run", "start", "counted steps", "steps in all")
    head += ("largest error", "of lambda_1", "of the mean")
    cells = []
    for network, own in grouped(rows).items():
        change = next(row for row in own if row["start"] == "change")
        between = f"*change between snapshots ({change['pairs']} pairs)*"
        cells.append([network, between, "", "", *errors(change)])
        for start, name in STARTS.items():
            for row in own:
                if row["start"] == start:
                    steps = row["steps"]
                    in_all = str(steps + BURN_IN[start])
                    cells.append([network, name, str(steps), in_all, *errors(row)])
    return table(head, cells)


def policies(rows: list) -> str:
    head = ("network", "exponents", "from, to", "1", "2", "5", "10", "20", "50", "auto")
    head += ("auto : 1, time",)
    cells = []
    for network, own in grouped(rows).items():
        double = {row["every"]: row for row in own if row["precision"] == "double"}
        auto, each = double["auto"], double["1"]
        count = f"{auto['exponents']}"
        entries = [f"{number(row['largest'])}<br>({row['dead']} dead)" for row in double.values()]
        ratio = f"{auto['seconds'] / each['seconds']:.2f}"
        span = f"{auto['reference_max']:.2f}, {auto['reference_min']:.1f}"
        cells.append([network, count, span, *entries, ratio])
    return table(head, cells)


def precisions(rows: list) -> str:
    head = ("network", "largest error", "of lambda_1", "of the mean", "mixed : double, time")
    cells = []
    for network, own in grouped(rows).items():
        mixed = next(row for row in own if row["precision"] == "mixed")
        auto = next(row for row in own if (row["every"], row["precision"]) == ("auto", "double"))
        ratio = f"{mixed['seconds'] / auto['seconds']:.2f}"
        cells.append([network, *errors(mixed), ratio])
    return table(head, cells)


def draw(rows: list) -> None:
    """Error against the part of the time, a line for every network."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "lyascope"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.4), sharey=True, layout="constrained")
    for axis, what, title in zip(
        axes,
        ("largest", "first"),
        ("largest error of an exponent", "error of the largest exponent"),
    ):
        for network, own in grouped(rows).items():
            shown = [row for row in own if row[what] > 0]
            whole = own[-1]["seconds"]
            times = [100 * row["seconds"] / whole for row in shown]
            axis.plot(times, [row[what] for row in shown], marker="o", label=network)
        axis.set(title=title, xlabel="% of the time of the whole measurement", yscale="log")
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("nats per step")
    axes[1].legend()
    figure.savefig(PICTURE, metadata={"Date": None, "Creator": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="write the page from the last results")
    output = TARGET / "accuracy.json"
    if not parser.parse_args().keep:
        build()
        for name in GENERATED:
            networks.write(networks.NETWORKS[name], DATA / name)
        say("measuring ...")
        recordings = ROOT / "ingest" / "recordings"
        java("io.lyascope.bench.Accuracy", str(recordings), str(DATA), str(output))
    results = json.loads(output.read_text())
    rewrite(PAGE, machine(), "machine")
    rewrite(PAGE, anytime(results["anytime"]), "anytime")
    rewrite(PAGE, starts(results["starts"]), "starts")
    rewrite(PAGE, policies(results["policies"]), "policies")
    rewrite(PAGE, precisions(results["policies"]), "precisions")
    draw(results["anytime"])
    say(f"{PAGE.relative_to(ROOT)} is written")


if __name__ == "__main__":
    main()
