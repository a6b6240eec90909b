package io.lyascope.server.config;

/**
 * Where the page and the API are served.
 *
 * @param host the address that is bound
 * @param port 0 takes any free port
 */
public record HttpSettings(String host, int port) {}
