package io.lyascope.server.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file to measure.
 *
 * @param snapshot as the user wrote it, which is how it is reported
 * @param previous the snapshot that was named before it
 */
record AnalyzeJob(String snapshot, Path probe, Optional<String> previous) {}
