package io.lyascope.server.config;

/** What a key was set to, as text, and where. */
record Value(String text, Origin origin) {}
