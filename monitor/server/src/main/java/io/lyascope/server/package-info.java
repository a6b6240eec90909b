/** The one place that wires: command line, configuration, verticles and sinks. */
package io.lyascope.server;
