/** Looks for what would keep Lyascope from working here, and says what to do about it. */
package io.lyascope.server.doctor;
