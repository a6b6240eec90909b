"""The training runs that ship as recordings: one entry each, with what it is there to show."""

from dataclasses import dataclass

TEXT = "warpeace-char"
ROWS = "smnist-rows"


@dataclass(frozen=True)
class Run:
    """A training run, complete: with the seed it determines every weight of the recording."""

    name: str
    shows: str
    task: str
    cell: str
    hidden_size: int
    total_steps: int
    seed: int
    num_layers: int = 1
    nonlinearity: str = "tanh"
    # None keeps PyTorch's own initialisation; a number draws W_hh from N(0, gain^2 / hidden_size).
    recurrent_gain: float | None = None
    optimizer: str = "adam"
    learning_rate: float = 2e-3
    # The learning rate at the end over the one at the start; between them it changes geometrically.
    learning_rate_factor: float = 1.0
    weight_decay: float = 0.0
    clip_grad_norm: float | None = 1.0
    batch_size: int = 64
    snapshots: int = 24
    stored_as: str = "F32"
    # A run that has become NaN is watched for this many more snapshots, then given up.
    patience_after_nan: int = 3


RUNS = (
    Run("warpeace-lstm", "healthy", TEXT, "lstm", 32, 3600, seed=1, learning_rate=4e-3),
    Run("warpeace-gru", "healthy", TEXT, "gru", 48, 2400, seed=2, learning_rate=3e-3,
        stored_as="BF16"),
    Run("warpeace-lstm-slow", "healthy and slow: the learning rate is far too small",
        TEXT, "lstm", 32, 3600, seed=3, learning_rate=2e-4),
    Run("smnist-rnn", "slow: a small learning rate", ROWS, "rnn", 96, 1200, seed=4,
        learning_rate=5e-4, stored_as="BF16"),
    Run("smnist-lstm", "healthy", ROWS, "lstm", 48, 1200, seed=5),
    Run("smnist-gru-2-layers", "healthy, two layers", ROWS, "gru", 32, 2400, seed=6,
        num_layers=2, stored_as="BF16"),
    Run("smnist-relu-rnn-explodes",
        "explodes: the learning rate rises tenfold with nothing to hold the gradients",
        ROWS, "rnn", 64, 360, seed=7, nonlinearity="relu", recurrent_gain=1.4,
        learning_rate=0.02, learning_rate_factor=10, clip_grad_norm=None),
    Run("smnist-rnn-chaotic", "chaotic from the start: far too large a recurrent gain",
        ROWS, "rnn", 64, 480, seed=7, recurrent_gain=6, learning_rate=3e-3, clip_grad_norm=None),
    Run("smnist-rnn-forgets", "forgets: weight decay pulls the recurrent weights to zero",
        ROWS, "rnn", 64, 360, seed=8, recurrent_gain=0.5, learning_rate=1e-3, weight_decay=0.05),
    Run("smnist-relu-rnn-nan", "ends in NaN: plain descent without clipping, a rising learning rate",
        ROWS, "rnn", 48, 720, seed=9, nonlinearity="relu", recurrent_gain=1.2, optimizer="sgd",
        learning_rate=0.01, learning_rate_factor=100, clip_grad_norm=None),
)
