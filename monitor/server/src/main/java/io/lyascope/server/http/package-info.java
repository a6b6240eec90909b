/**
 * The page, the REST interface, the web socket, health and metrics over HTTP. One event loop owns
 * the run book and all connections; what takes long runs on workers.
 */
package io.lyascope.server.http;
