"""Trains a predictor from every corpus and writes the tables and pictures of docs/prediction.md.

    python3 bench/prediction.py                        all corpora, some minutes each
    python3 bench/prediction.py --corpora smnist-sweep one of them; the others stay as they are
    python3 bench/prediction.py --check                compares with the page and writes nothing

Needs a JDK 25, Maven, and a Python with matplotlib.
"""

import argparse
import json
import re
import subprocess

from accuracy import table
from launch import ROOT, TARGET, say
from report import machine, rewrite

PAGE = ROOT / "docs" / "prediction.md"
CORPORA = ROOT / "ingest" / "corpora"
STAGES = "0,0.1,0.2,0.5"
SEED = "1"
DRAWN = ("default", "spectrum", "aelle", "loss", "hyperparameters", "ceiling")
NARROW = ("default", "spectrum", "aelle", "ceiling")


def evaluated(corpus: str) -> list:
    """The lines that `lyascope train --json` prints."""
    command = [str(ROOT / "lyascope"), "train", "--corpus", str(CORPORA / corpus)]
    command += ["--stages", STAGES, "--seed", SEED, "--json"]
    say(" ".join(command[1:]).replace(str(ROOT) + "/", ""))
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


def percent(stage: float) -> str:
    return f"{100 * stage:g} %"


def range_of(figure: dict | None) -> str:
    """Mean and interval; nothing where a figure is not defined and so left out."""
    if figure is None:
        return ""
    mean, low, high = (float(figure[what]) for what in ("mean", "low", "high"))
    return f"{mean:.2f} ({low:.2f} to {high:.2f})"


def mean_of(figure: dict | None) -> str:
    return "" if figure is None else f"{figure['mean']:.2f}"


def overall(stages: list) -> str:
    head = ["F1, AUC (95 %)", *(percent(stage["stage"]) for stage in stages)]
    rows = []
    for name in stages[0]["predictors"]:
        cells = [f"`{name}`"]
        for stage in stages:
            figures = stage["predictors"].get(name)
            cells.append(
                f"{mean_of(figures.get('f1'))}, {range_of(figures.get('auc'))}" if figures else ""
            )
        rows.append(cells)
    tested = ", ".join(f"{stage['runs']} at {percent(stage['stage'])}" for stage in stages)
    rates = ", ".join(f"{stage['base_rate']:.2f}" for stage in stages)
    return f"Runs tested: {tested}; base rates {rates}.\n\n{table(tuple(head), rows)}"


def stopping(stages: list) -> str:
    head = ("stage", "compute saved", "good runs stopped", "Brier", "rank correlation")
    rows = []
    for stage in stages:
        figures = stage["predictors"]["default"]
        stopped = figures["saved_at_5_percent"]
        shares = [f"{100 * stopped[what]['mean']:.0f} %" for what in ("saved", "good_stopped")]
        scores = [f"{figures[what]['mean']:.2f}" for what in ("brier", "spearman")]
        rows.append([percent(stage["stage"]), *shares, *scores])
    return table(head, rows)


def by_architecture(stages: list, what: str) -> str:
    """AUC at the first stage and a tenth of the training, an architecture a line."""
    shown = [stage for stage in stages if stage["stage"] in (0, 0.1)]
    names = [
        name for name in NARROW if any(name in one["predictors"] for one in cells(shown, what))
    ]
    if not names:
        return ""
    head = ["", "runs"]
    head += [f"`{name}`, {percent(stage['stage'])}" for stage in shown for name in names]
    rows = []
    for cell in shown[0][what]:
        row = [f"`{cell}`", str(shown[0][what][cell]["runs"])]
        for stage in shown:
            figures = stage[what].get(cell, {"predictors": {}})["predictors"]
            row += [range_of(figures.get(name, {}).get("auc")) for name in names]
        rows.append(row)
    return table(tuple(head), rows)


def decisions(stages: list) -> str:
    """What the default decides inside an architecture, a line each."""
    shown = [stage for stage in stages if stage["stage"] in (0, 0.1)]
    head = ["", "F1 of `always_good`"]
    for stage in shown:
        at = percent(stage["stage"])
        head += [f"F1, {at}", f"Brier, {at}", f"saved, {at}", f"good runs stopped, {at}"]
    rows = []
    for cell, figures in shown[0]["inside"].items():
        row = [f"`{cell}`", f"{figures['predictors']['always_good']['f1']['mean']:.2f}"]
        for stage in shown:
            if cell not in stage["inside"]:
                row += [""] * 4
                continue
            own = stage["inside"][cell]["predictors"]["default"]
            stopped = own["saved_at_5_percent"]
            row += [range_of(own.get("f1")), range_of(own.get("brier"))]
            row += [f"{100 * stopped[what]['mean']:.0f} %" for what in ("saved", "good_stopped")]
        rows.append(row)
    return table(tuple(head), rows)


def cells(stages: list, what: str) -> list:
    return [figures for stage in stages for figures in stage[what].values()]


def learning(stages: list) -> str:
    head = ("runs learnt from", *(percent(stage["stage"]) for stage in stages))
    sizes = [point["runs"] for point in stages[0]["learning_curve"]]
    rows = []
    for size in sizes:
        row = [str(size)]
        for stage in stages:
            found = [point for point in stage["learning_curve"] if point["runs"] == size]
            row.append(range_of(found[0]["auc"]) if found else "")
        rows.append(row)
    trusted = [str(stage["trusted_from"] or "none") for stage in stages]
    return table(head, [*rows, ["*trusted from*", *trusted]])


def adds(stages: list) -> str:
    """The spectrum's share, run by run."""
    parts = []
    for stage in stages:
        figure = stage["spectrum_adds_auc"]
        low, high = f"{figure['low']:+.3f}", f"{figure['high']:+.3f}"
        parts.append(f"{figure['mean']:+.3f} ({low} to {high}) at {percent(stage['stage'])}")
    return "To the AUC of all else together the spectrum adds " + ", ".join(parts) + "."


def page(corpus: str, stages: list) -> str:
    parts = [
        f"![AUC over the training](prediction-{corpus}.svg)",
        overall(stages),
        adds(stages),
        stopping(stages),
    ]
    inside, left_out = (by_architecture(stages, what) for what in ("inside", "left_out"))
    if inside:
        parts += ["Inside each architecture, AUC, its own better half being good:", inside]
        parts += ["There, `default` with a calibration on the architecture's own runs:"]
        parts += [decisions(stages)]
    if left_out:
        parts += ["Each architecture left out of the training, AUC, likewise:", left_out]
    parts += ["AUC of `default` by the number of runs learnt from:", learning(stages), machine()]
    return "\n\n".join(parts)


def differences(corpus: str, stages: list) -> list:
    """Where the page's intervals of AUC do not hold what was found now."""
    text = PAGE.read_text()
    written = text[text.index(f"<!-- {corpus} -->") : text.index(f"<!-- /{corpus} -->")]
    found = []
    for name, cells in re.findall(r"^\| `(\w+)` \|(.*)\|$", written, re.M):
        for stage, cell in zip(stages, cells.split("|")):
            interval = re.match(r" [\d.]+, [\d.]+ \(([\d.]+) to ([\d.]+)\)", cell)
            figure = stage["predictors"].get(name, {}).get("auc")
            if interval is None or figure is None:
                continue
            low, high = map(float, interval.groups())
            if not low - 0.005 <= figure["mean"] <= high + 0.005:
                at = percent(stage["stage"])
                found.append(f"{corpus}, {name}, {at}: {range_of(figure)}, the page has{cell}")
    return found


def draw(corpus: str, stages: list) -> None:
    """AUC over the training, a line for every contestant."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "lyascope"})
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(7, 3.6), layout="constrained")
    for i, name in enumerate(DRAWN):
        seen = [
            (s["stage"], s["predictors"][name]["auc"])
            for s in stages
            if "auc" in s["predictors"].get(name, {})
        ]
        if not seen:
            continue
        places = [100 * stage + 0.5 * (i - len(DRAWN) / 2) for stage, _ in seen]
        means = [auc["mean"] for _, auc in seen]
        below = [auc["mean"] - auc["low"] for _, auc in seen]
        above = [auc["high"] - auc["mean"] for _, auc in seen]
        axis.errorbar(places, means, (below, above), marker="o", capsize=2, label=name)
    axis.axhline(0.5, color="grey", linestyle=":")
    axis.set(title=corpus, xlabel="% of the training", ylabel="AUC", ylim=(0.4, 1.02))
    axis.grid(alpha=0.3)
    figure.legend(loc="outside right upper")
    figure.savefig(
        PAGE.parent / f"prediction-{corpus}.svg", metadata={"Date": None, "Creator": None}
    )


def main() -> None:
    everything = sorted(path.parent.name for path in CORPORA.glob("*/corpus.json"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", nargs="+", choices=everything, default=everything)
    parser.add_argument("--keep", action="store_true", help="write the page from the last results")
    parser.add_argument("--check", action="store_true", help="compare with the page, write nothing")
    chosen = parser.parse_args()
    wrong = []
    for corpus in chosen.corpora:
        results = TARGET / f"prediction-{corpus}.json"
        if not chosen.keep:
            results.write_text(json.dumps(evaluated(corpus)))
        lines = json.loads(results.read_text())
        if chosen.check:
            wrong += differences(corpus, lines)
            continue
        rewrite(PAGE, page(corpus, lines), corpus)
        draw(corpus, lines)
    if chosen.check:
        print("\n".join(wrong) or "all means lie in the page's intervals")
        raise SystemExit(1 if wrong else 0)
    say(f"{PAGE.relative_to(ROOT)} is written")


if __name__ == "__main__":
    main()
