package io.lyascope.aelle;

import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A trained predictor: it is immutable, and may be asked on several threads at a time. */
public interface Predictor {

  /** The value of {@code lyascope.format} in a predictor's file. */
  String FORMAT = "predictor/1";

  /**
   * Reads a predictor's file.
   *
   * @throws RefusedException naming what the file lacks
   */
  static Predictor load(Path file) throws IOException {
    return read(Files.readAllBytes(file));
  }

  /** The same from its bytes. */
  static Predictor read(byte[] file) {
    return PredictorReader.read(file);
  }

  /** The name that runs and people choose it by. */
  String name();

  /** SHA-256 of its file in lower-case hexadecimal. */
  String digest();

  /** The task whose runs it was trained on. */
  String task();

  /** How the spectra that it understands are measured. */
  Protocol protocol();

  /** The cells that it knows. */
  List<String> architectures();

  /** What it was made of and how good it is, as JSON fields. */
  Map<String, Object> card();

  /** The share of good runs in its training. */
  double baseRate();

  /** The value of the metric that divides good ends from bad ones. */
  double threshold();

  /** Whether it is made for the task, the protocol and the outcome of a corpus. */
  boolean judges(Corpus corpus);

  /** Whether it has learnt from the run of this id. */
  boolean hasSeen(String run);

  /** The training runs on the map, for the page. */
  List<Landmark> landmarks();

  /** What follows from this evidence. Never throws for what a run sends: that is a verdict. */
  Prediction predict(Evidence evidence);

  /**
   * The spectrum that a final loss of {@code wanted} would need.
   *
   * @throws RefusedException if there is no spectrum that it understands
   */
  WhatIf whatIf(Evidence evidence, double wanted);

  /**
   * A training run on the map.
   *
   * @param cell its architecture
   * @param progress 0..1 at which it is shown
   * @param x first coordinate of the map
   * @param y second coordinate
   * @param outcome its final loss, NaN if it ended so
   * @param good whether that counts as good
   */
  record Landmark(String cell, double progress, double x, double y, double outcome, boolean good) {}
}
