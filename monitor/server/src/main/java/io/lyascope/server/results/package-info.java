/**
 * The results topic: readings are written to it before their snapshots count as done, and read back
 * when the monitor starts.
 */
package io.lyascope.server.results;
