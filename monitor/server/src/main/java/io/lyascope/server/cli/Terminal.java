package io.lyascope.server.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * What a command talks to.
 *
 * @param out data and nothing else
 * @param err everything that is said to a person
 * @param environment variables by name
 */
public record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {}
