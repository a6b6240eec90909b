"""Learns to predict the next character of a text with Lightning.

    python lightning_lstm.py --data war-and-peace.txt

Any plain text of a megabyte or more will do; see charrnn.py for where to get one. Nothing is
downloaded by itself.
"""

import argparse
from pathlib import Path

import lightning
import torch
from torch import Tensor
from torch.utils.data import DataLoader

from charrnn import CharRnn, load, loss_of
from lyascope.lightning import LyascopeCallback


class NextCharacter(lightning.LightningModule):
    def __init__(self, symbols: int, hidden: int, learning_rate: float) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.model = CharRnn(symbols, hidden)

    def training_step(self, windows: Tensor, index: int) -> Tensor:
        loss = loss_of(self.model, windows)
        self.log("train_loss", loss)
        return loss

    def validation_step(self, windows: Tensor, index: int) -> None:
        self.log("val_loss", loss_of(self.model, windows), prog_bar=True)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), self.hparams["learning_rate"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Learns the next character with Lightning.")
    parser.add_argument("--data", type=Path, required=True, help="a text, .txt or .txt.gz")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--length", type=int, default=140)
    parser.add_argument("--learning-rate", type=float, default=3e-3)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between snapshots")
    parser.add_argument("--out", type=Path, default=Path())
    options = parser.parse_args()

    lightning.seed_everything(1, verbose=False)
    text, symbols = load(options.data)
    windows = text.unfold(0, options.length + 1, options.length)
    split = len(windows) * 9 // 10
    training = DataLoader(windows[:split], options.batch, shuffle=True)
    validation = DataLoader(windows[split:], options.batch)

    publisher = LyascopeCallback(project="charrnn", watch={"every_seconds": options.every})
    trainer = lightning.Trainer(
        accelerator="cpu",
        max_steps=options.steps,
        gradient_clip_val=1.0,
        callbacks=[publisher],
        default_root_dir=options.out,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    module = NextCharacter(symbols, options.hidden, options.learning_rate)
    trainer.fit(module, training, validation)


if __name__ == "__main__":
    main()
