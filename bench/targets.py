"""What the engine wants to reach, and whether it does."""

AUTO = "auto : explicit PyTorch"
EVERY_STEP = "QR every step : explicit PyTorch"
BEST = "auto : best peer"

LEAST_AUTO = {"rnn64": 15, "lstm128": 15, "lstm512": 8}


def table(ratios: list, kernels: list, memory: dict) -> str:
    lines = ["### Targets", "", "| target | wanted | measured | |", "| --- | --- | --- | --- |"]
    goals = [*speed(ratios), *arithmetic(kernels), *space(memory)]
    for what, wanted, measured, hit in goals:
        lines.append(f"| {what} | {wanted} | {measured} | {'hit' if hit else '**missed**'} |")
    return "\n".join(lines)


def speed(ratios: list) -> list:
    """The ratios for one thread; those for two are in the table of ratios."""
    goals = []
    for ratio in ratios:
        least = {EVERY_STEP: 5, BEST: 4, AUTO: LEAST_AUTO.get(ratio.network)}[ratio.what]
        if ratio.threads == 1 and least and "k =" not in ratio.network:
            what = f"{ratio.network}, {ratio.what}"
            goals.append((what, f">= {least}", str(ratio), ratio.median >= least))
    return goals


def arithmetic(kernels: list) -> list:
    goals = []
    for row in kernels:
        size, part = row["size"], row["product"] / row["peak"]
        faster = min(row["torch_qr"], row["numpy_qr"]) / row["qr"]
        if size >= 128:
            goals.append(
                (f"product, n = {size}, of the peak", ">= 60 %", f"{100 * part:.0f} %", part >= 0.6)
            )
        if size <= 512:
            goals.append((f"QR, n = {size} : LAPACK", ">= 2", f"{faster:.1f}", faster >= 2))
    return goals


def space(memory: dict) -> list:
    per_step, whole = memory["per_step"], memory["whole"]
    fits = whole is not None
    heap = f"runs with -Xmx300m, allocates {whole / 1e6:.0f} MB at its beginning" if fits else "no"
    return [
        ("lstm512 x 10 sequences, heap", "< 300 MB", heap, fits),
        ("lstm128, bytes allocated per step and sequence, beside the input", "0", f"{per_step:.0f}", per_step < 1),
    ]
