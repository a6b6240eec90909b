/** Programs that tests use where they are installed. */
package io.lyascope.server.programs;
