/**
 * From deliveries to readings: one mailbox a run, and workers that measure in slices. Knows Kafka
 * only through deliveries and results only through facts and the results topic.
 */
package io.lyascope.server.pipeline;
