/** The page in a real browser. */
package io.lyascope.server.page;
