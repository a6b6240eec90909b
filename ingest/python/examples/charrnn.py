"""Learns to predict the next character of a text with an LSTM.

    python charrnn.py --data war-and-peace.txt

Any plain text of a megabyte or more will do. Project Gutenberg has many: for Tolstoy's, take
"War and Peace" (number 2600) as plain text and pass the file. Nothing is downloaded by itself.
"""

import argparse
import gzip
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

import lyascope


class CharRnn(nn.Module):
    def __init__(self, symbols: int, hidden: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(symbols, 32)
        self.rnn = nn.LSTM(32, hidden, batch_first=True)
        self.head = nn.Linear(hidden, symbols)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.head(self.rnn(self.embedding(tokens))[0])


def load(path: Path) -> tuple[Tensor, int]:
    """The text as numbers of its characters, and how many there are."""
    if not path.is_file():
        raise SystemExit(f"{path} is not there. {__doc__}")
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode(errors="replace")
    symbols = {symbol: number for number, symbol in enumerate(sorted(set(text)))}
    return torch.tensor([symbols[symbol] for symbol in text]), len(symbols)


def batch(text: Tensor, size: int, length: int) -> Tensor:
    """Random windows, one character longer than the inputs."""
    starts = torch.randint(len(text) - length - 1, (size, 1))
    return text[starts + torch.arange(length + 1)]


def loss_of(model: nn.Module, windows: Tensor) -> Tensor:
    logits = model(windows[:, :-1])
    return cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())


def main() -> None:
    parser = argparse.ArgumentParser(description="Learns the next character of a text.")
    parser.add_argument("--data", type=Path, required=True, help="a text, .txt or .txt.gz")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--length", type=int, default=140)
    parser.add_argument("--learning-rate", type=float, default=3e-3)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between snapshots")
    parser.add_argument("--save", type=Path, default=Path("charrnn.pt"))
    options = parser.parse_args()

    torch.manual_seed(1)
    text, symbols = load(options.data)
    split = len(text) * 9 // 10
    validation = batch(text[split:], 16, options.length)
    model = CharRnn(symbols, options.hidden)
    optimizer = torch.optim.Adam(model.parameters(), options.learning_rate)

    run = lyascope.init("charrnn", f"lstm-{options.hidden}", vars(options), options.steps)
    run.watch(model, probe=validation[:, :-1], every_seconds=options.every)
    for step in range(options.steps):
        loss = loss_of(model, batch(text[:split], options.batch, options.length))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        values = {"train_loss": loss}
        if step % 50 == 0:
            with torch.no_grad():
                values["val_loss"] = loss_of(model, validation)
            print(f"step {step}: " + ", ".join(f"{n} {v.item():.3f}" for n, v in values.items()))
        run.log(values, step=step)
        if run.should_stop():
            break
    torch.save(model.state_dict(), options.save)


if __name__ == "__main__":
    main()
