package io.lyascope.server.cli;

import java.nio.file.Path;

/**
 * One file to measure.
 *
 * @param snapshot as the user wrote it, which is how it is reported
 */
record AnalyzeJob(String snapshot, Path probe) {}
