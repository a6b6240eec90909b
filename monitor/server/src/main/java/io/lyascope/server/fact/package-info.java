/**
 * What the monitor learns, as immutable values on one event-bus address. Producers publish and
 * forget; every sink subscribes and sees the same order.
 */
package io.lyascope.server.fact;
