/** What one snapshot taught us, and its JSON on the results topic, in the API and on disk. */
package io.lyascope.server.reading;
