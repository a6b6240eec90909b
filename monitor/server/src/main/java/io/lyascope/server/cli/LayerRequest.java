package io.lyascope.server.cli;

import io.lyascope.dynamics.FiniteTimeDetail;
import java.util.List;
import java.util.Set;

/**
 * What only feed-forward networks can answer; other snapshots are refused beside it.
 *
 * @param details of each network
 * @param tasks for all networks together, in order
 */
record LayerRequest(Set<FiniteTimeDetail> details, List<EnsembleTask> tasks) {}
