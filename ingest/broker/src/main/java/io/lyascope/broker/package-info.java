/** A real single-node Kafka broker for the demo and the tests. */
package io.lyascope.broker;
