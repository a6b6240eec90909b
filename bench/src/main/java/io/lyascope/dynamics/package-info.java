/** Benchmarks of the engine, in its own package because the kernels are not public. */
package io.lyascope.dynamics;
