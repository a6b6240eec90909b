/**
 * The configuration: a YAML file, then the environment, then flags, read into typed records. Every
 * key that exists is declared in {@link io.lyascope.server.config.Keys}.
 */
package io.lyascope.server.config;
