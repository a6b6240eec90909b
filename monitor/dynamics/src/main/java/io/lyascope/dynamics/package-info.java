/**
 * The tangent engine: cells, tangent flows and Lyapunov spectra. Pure, knows no Kafka and no
 * Vert.x.
 */
package io.lyascope.dynamics;
