/** Recorded training runs, sent again as their training processes sent them, and the demo of it. */
package io.lyascope.server.demo;
