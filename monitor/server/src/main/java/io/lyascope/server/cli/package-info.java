/**
 * The command line: arguments are read into commands, which run against a terminal and end with an
 * exit code.
 */
package io.lyascope.server.cli;
