/**
 * What Prometheus scrapes. Every meter is declared here with its unit and meaning; a registry is
 * always handed in.
 */
package io.lyascope.server.metrics;
