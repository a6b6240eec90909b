/** Commands to training processes, and what became of them. */
package io.lyascope.server.control;
