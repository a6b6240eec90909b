/**
 * A real single-node Kafka broker for the demo and the tests, in this JVM or in a child that may be
 * killed.
 */
package io.lyascope.broker;
