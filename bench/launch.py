"""Builds the engine with its benchmarks and starts programs in it."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "bench" / "target"
DATA = TARGET / "data"


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def java_home() -> str:
    command = [str(ROOT / "lyascope"), "--print-java-home"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def build() -> None:
    say("building ...")
    command = ["mvn", "-q", "-B", "-Pbench", "-pl", "bench", "-am", "package", "-DskipTests"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)


def java(main: str, *arguments: str) -> None:
    """Runs a main class; what it prints is not wanted."""
    jars = ":".join([str(path) for path in (TARGET / "lib").glob("*.jar")])
    command = [f"{java_home()}/bin/java", "--add-modules=jdk.incubator.vector"]
    command += [f"-Dlyascope.bench.data={DATA}", "-cp", f"{TARGET}/classes:{jars}"]
    subprocess.run([*command, main, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
