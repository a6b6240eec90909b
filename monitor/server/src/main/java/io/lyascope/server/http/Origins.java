package io.lyascope.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps other people's web pages out: they may not open the web socket or send anything from the
 * browser of somebody who can.
 */
final class Origins {

  private Origins() {}

  /** Programs that are no browsers send no origin. */
  static boolean isAllowed(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin == null
        || authority(origin)
            .filter(from -> isLoopback(from) || from.equals(host(request)))
            .isPresent();
  }

  /**
   * Whether the browser was told a local address: another name that leads here may be a trick of
   * the page that gave it (DNS rebinding).
   */
  static boolean isLocalHost(HttpServerRequest request) {
    return isLoopback(host(request));
  }

  private static String host(HttpServerRequest request) {
    String host = request.getHeader("Host");
    return host == null ? "localhost" : host.toLowerCase(Locale.ROOT);
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(new URI(origin).getRawAuthority())
          .map(text -> text.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isLoopback(String authority) {
    String host = authority.replaceFirst(":\\d+$", "");
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }
}
