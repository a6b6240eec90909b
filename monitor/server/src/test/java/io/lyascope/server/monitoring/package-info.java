/** The monitor as Prometheus and Grafana see it. */
package io.lyascope.server.monitoring;
