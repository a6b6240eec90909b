/**
 * What is known of each run: its state, its history of readings and scalars, its events. Everything
 * here belongs to one event-loop context and is told what time it is.
 */
package io.lyascope.server.runs;
