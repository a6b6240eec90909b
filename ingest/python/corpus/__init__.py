"""Trains many small networks at once and records each of them: what a predictor is trained from."""
