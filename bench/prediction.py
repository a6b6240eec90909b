"""Trains a predictor from every corpus and writes the tables and pictures of docs/prediction.md.

    python3 bench/prediction.py                        all corpora, some minutes each
    python3 bench/prediction.py --corpora smnist-sweep one of them; the others stay as they are

Needs a JDK 25, Maven, and a Python with matplotlib.
"""

import argparse
import json
import subprocess

from accuracy import table
from launch import ROOT, TARGET, say
from report import machine, rewrite

PAGE = ROOT / "docs" / "prediction.md"
CORPORA = ROOT / "ingest" / "corpora"
STAGES = "0,0.1,0.2,0.5"
SEED = "1"
DRAWN = ("default", "spectrum", "aelle", "loss", "hyperparameters", "ceiling")
INSIDE = ("default", "spectrum", "aelle", "loss", "hyperparameters", "ceiling")


def evaluated(corpus: str) -> list:
    """The lines that `lyascope train --json` prints."""
    command = [str(ROOT / "lyascope"), "train", "--corpus", str(CORPORA / corpus)]
    command += ["--stages", STAGES, "--seed", SEED, "--json"]
    say(" ".join(command[1:]).replace(str(ROOT) + "/", ""))
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


def percent(stage: float) -> str:
    return f"{100 * stage:g} %"


def range_of(figure: dict) -> str:
    return f"{figure['mean']:.2f} ({figure['low']:.2f} to {figure['high']:.2f})"


def overall(stages: list) -> str:
    head = ["F1, AUC (95 %)", *(percent(stage["stage"]) for stage in stages)]
    rows = []
    for name in stages[0]["predictors"]:
        cells = [f"`{name}`"]
        for stage in stages:
            figures = stage["predictors"].get(name)
            cells.append(f"{figures['f1']['mean']:.2f}, {range_of(figures['auc'])}" if figures else "")
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


def draw(corpus: str, stages: list) -> None:
    """AUC over the training, a line for every contestant."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "lyascope"})
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(7, 3.6), layout="constrained")
    for i, name in enumerate(DRAWN):
        seen = [(s["stage"], s["predictors"][name]["auc"]) for s in stages if name in s["predictors"]]
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
    figure.savefig(PAGE.parent / f"prediction-{corpus}.svg", metadata={"Date": None, "Creator": None})


def main() -> None:
    everything = sorted(path.parent.name for path in CORPORA.glob("*/corpus.json"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", nargs="+", choices=everything, default=everything)
    parser.add_argument("--keep", action="store_true", help="write the page from the last results")
    chosen = parser.parse_args()
    for corpus in chosen.corpora:
        results = TARGET / f"prediction-{corpus}.json"
        if not chosen.keep:
            results.write_text(json.dumps(evaluated(corpus)))
        lines = json.loads(results.read_text())
        rewrite(PAGE, f"{overall(lines)}\n\n{stopping(lines)}\n\n{machine()}", corpus)
        draw(corpus, lines)
    say(f"{PAGE.relative_to(ROOT)} is written")


if __name__ == "__main__":
    main()
