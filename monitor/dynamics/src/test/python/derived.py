"""What is derived from measured rates: section by section as the contract defines it."""

import math

import numpy as np

NEAR_ZERO = 0.01
RESOLVED = 1e-7


def values(protocol: dict, sequences: list, time_step: float, complete: bool) -> dict:
    """Every measured value of a spectrum.

    A sequence has `rates` and `resolution` (per step, in column order), `participation` (one a
    decomposition), `states` and `activity` (one a step). `complete` says whether all exponents
    that there are were measured.
    """
    rates = np.stack([s.rates for s in sequences]) / time_step
    mean = rates.mean(0)
    order = np.argsort(-mean, kind="stable")
    exponents = mean[order]
    resolution = np.max([s.resolution for s in sequences], axis=0)[order] / time_step
    error = None
    with np.errstate(invalid="ignore"):
        if len(sequences) > 1:
            error = (rates.std(0, ddof=1) / math.sqrt(len(sequences)))[order].tolist()
    every = protocol["orthonormalize_every"]
    return {
        "state": protocol["state"],
        "exponents": exponents.tolist(),
        "standard_error": error,
        "resolution": resolution.tolist(),
        "resolved": int((resolution < RESOLVED).sum()),
        "dead": int((resolution >= RESOLVED).sum()),
        **_moments(exponents, exponents[resolution < RESOLVED]),
        **_counts(exponents),
        "kaplan_yorke_dimension": _kaplan_yorke(exponents, complete),
        # An adaptive interval is the program's own.
        "log10_condition": None if every == "auto" else every * _condition(exponents, time_step),
        "leading_vector_participation_ratio":
            float(np.mean(np.concatenate([s.participation for s in sequences]))),
        "pca_dimension": _participation(np.concatenate([s.states for s in sequences])),
        "pca_dimension_activity": None if sequences[0].activity is None else
            _participation(np.concatenate([s.activity for s in sequences])),
        "pca_rounding": _rounding(np.concatenate([s.states for s in sequences])),
    }


def _moments(exponents: np.ndarray, finite: np.ndarray) -> dict:
    with np.errstate(invalid="ignore"):
        return {
            "max": float(exponents.max()),
            "min": float(exponents.min()),
            "mean": float(exponents.mean()),
            "variance": float(exponents.var()),
            "min_finite": float(finite.min()) if len(finite) else None,
            "mean_finite": float(finite.mean()) if len(finite) else None,
            "variance_finite": float(finite.var()) if len(finite) else None,
        }


def _counts(exponents: np.ndarray) -> dict:
    return {
        "neg_inf": int(np.isneginf(exponents).sum()),
        "positive": int((exponents > NEAR_ZERO).sum()),
        "near_zero": int((np.abs(exponents) <= NEAR_ZERO).sum()),
        "entropy_rate": float(exponents[exponents > 0].sum()),
    }


def _condition(exponents: np.ndarray, time_step: float) -> float:
    if np.isneginf(exponents[-1]):
        return math.inf
    return float((exponents[0] - exponents[-1]) * time_step / math.log(10))


def _kaplan_yorke(exponents: np.ndarray, complete: bool) -> float | None:
    """Whole exponents that together still grow, and the fraction of the next one."""
    total = 0.0
    for k, exponent in enumerate(exponents):
        if total + exponent < 0:
            return k + total / abs(exponent)
        total += exponent
    return float(len(exponents)) if complete else None


def _participation(samples: np.ndarray) -> float:
    """(sum l)^2 / sum l^2 over the eigenvalues l of the samples' covariance."""
    if len(samples) < 2:
        return 0.0
    eigenvalues = np.linalg.eigvalsh(np.atleast_2d(np.cov(samples.T)))
    square = float(np.sum(eigenvalues**2))
    return float(np.sum(eigenvalues)) ** 2 / square if square > 0 else 0.0


def _rounding(samples: np.ndarray) -> float:
    """How far the rounding of saturated states, which hardly vary, may move a dimension."""
    spread = float(np.sqrt(samples.var(0).max()))
    return len(samples.T) * 2.0**-52 * float(np.abs(samples).max()) / spread if spread else 0.0
