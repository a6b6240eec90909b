/** What travels: safetensors files, snapshots, probes, protocols and documents. Only data. */
package io.lyascope.snapshot;
