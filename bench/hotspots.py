"""Says where the time of a measurement goes: a sampled profile of a warm process.

python3 bench/hotspots.py               writes the table of bench/README.md
python3 bench/hotspots.py lstm256       prints that of one network, adaptive policy
"""

import re
import subprocess
import sys
from collections import Counter

import networks
import report
from launch import DATA, ROOT, TARGET, build, java, java_home, say

CASES = (
    ("rnn64", "auto"),
    ("rnn64", "1"),
    ("lstm128", "auto"),
    ("lstm128", "1"),
    ("lstm512", "auto"),
)

# The first method from inside out that is named here decides; a whole measurement ends the search.
STAGES = {
    "Orthonormalizer.project": "QR: products",
    "Orthonormalizer.": "QR: the rest",
    "LstmCell$Placed.sum": "sums of gates",
    "Placed.push": "weights x pushed",
    "Placed.pull": "weights x pulled",
    "Pull.apply": "weights x pulled",
    "Placed.advance": "states",
    "keepInRange": "range",
    "Checkpoint.": "copies",
    "TangentFlow.begin": "begin, end",
    "TangentFlow.spectrum": "begin, end",
}
COLUMNS = (*dict.fromkeys(STAGES.values()), "other")
FRAME = re.compile(r"^\s+io\.lyascope\.dynamics\.([\w.$]+)\(", re.MULTILINE)


def samples(network: str, every: str) -> list:
    """The methods of ours on each stack, innermost first, of the warm half of the process."""
    recording = TARGET / "profile.jfr"
    options = "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints"
    java(
        "org.openjdk.jmh.Main",
        "SpectrumBenchmark",
        *("-f", "1", "-foe", "true", "-wi", "1", "-i", "20" if network == "rnn64" else "8"),
        *(f"-pnetwork={network}", f"-pevery={every}"),
        "-jvmArgsAppend",
        f"{options} -XX:StartFlightRecording=settings=profile,filename={recording}",
    )
    command = [f"{java_home()}/bin/jfr", "print", "--events", "jdk.ExecutionSample"]
    command += ["--stack-depth", "64", str(recording)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    stacks = [FRAME.findall(event) for event in text.split("jdk.ExecutionSample")[1:]]
    measured = [stack for stack in stacks if any("TangentFlow" in frame for frame in stack)]
    return measured[len(measured) // 2 :]


def stage(stack: list) -> str:
    for frame in stack:
        for part, name in STAGES.items():
            if part in frame:
                return name
    return "other"


def row(network: str, every: str) -> str:
    say(f"profile of {network}, QR {every} ...")
    stacks = samples(network, every)
    counts = Counter(stage(stack) for stack in stacks)
    shares = " | ".join(f"{100 * counts[name] / len(stacks):.0f} %" for name in COLUMNS)
    return f"| {network} | {every} | {shares} |"


def table(cases: tuple) -> str:
    head = f"| network | QR every | {' | '.join(COLUMNS)} |\n"
    return head + "| --- " * (len(COLUMNS) + 2) + "|\n" + "\n".join(row(*case) for case in cases)


def main() -> None:
    build()
    for network in networks.NETWORKS.values():
        networks.write(network, DATA / network.name)
    if len(sys.argv) > 1:
        print(table(tuple((name, "auto") for name in sys.argv[1:])))
    else:
        text = f"{report.machine()}\n\n{table(CASES)}"
        report.rewrite(ROOT / "bench" / "README.md", text, "profile")


if __name__ == "__main__":
    main()
