/**
 * Snapshots over Kafka: chunked on the way in, reassembled, checked and committed on the way out.
 */
package io.lyascope.kafka;
