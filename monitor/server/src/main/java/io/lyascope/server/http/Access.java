package io.lyascope.server.http;

import io.lyascope.server.config.AuthSettings;
import io.lyascope.server.config.ConfigException;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Who may do what, told by bearer tokens. An operator may also look. */
final class Access {

  /** The web socket's subprotocol; a token may travel beside it, since browsers set no headers. */
  static final String SUBPROTOCOL = "lyascope";

  private static final String SUBPROTOCOL_TOKEN = "bearer.";
  private static final String SCHEME = "Bearer ";

  /** What a request wants to do. */
  enum Role {
    /** Look. */
    VIEWER,
    /** Say what a training process says. */
    PUBLISHER,
    /** Command a training process. */
    OPERATOR
  }

  /** What a request gets. */
  enum Answer {
    GRANTED,
    /** No token, or one that is not known. */
    UNAUTHORIZED,
    /** A known token that is not enough. */
    FORBIDDEN,
    /** No token is enough, since none is set. */
    NOT_CONFIGURED
  }

  private final AuthSettings settings;

  Access(AuthSettings settings) {
    this.settings = settings;
  }

  /**
   * Refuses to serve others without tokens.
   *
   * @throws ConfigException in one sentence that says what to set
   */
  void requireSafe(String host) {
    boolean tokens = settings.viewerToken().isPresent() && settings.operatorToken().isPresent();
    if (!tokens && !isLoopback(host)) {
      throw new ConfigException(
          "http.host is %s, which others can reach: set auth.viewer.token and auth.operator.token, or bind 127.0.0.1"
              .formatted(host));
    }
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether anybody who reaches the server may look, and publish. */
  boolean isOpen() {
    return settings.viewerToken().isEmpty();
  }

  Answer ask(HttpServerRequest request, Role role) {
    Optional<String> token = token(request);
    boolean operator = matches(token, settings.operatorToken());
    boolean viewer = matches(token, settings.viewerToken());
    return switch (role) {
      case VIEWER -> isOpen() || operator || viewer ? Answer.GRANTED : Answer.UNAUTHORIZED;
      case PUBLISHER -> isOpen() ? Answer.GRANTED : asOperator(operator, viewer);
      case OPERATOR ->
          settings.operatorToken().isEmpty() ? Answer.NOT_CONFIGURED : asOperator(operator, viewer);
    };
  }

  private static Answer asOperator(boolean operator, boolean viewer) {
    if (operator) {
      return Answer.GRANTED;
    }
    return viewer ? Answer.FORBIDDEN : Answer.UNAUTHORIZED;
  }

  private static Optional<String> token(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
          ? Optional.of(header.substring(SCHEME.length()).strip())
          : Optional.empty();
    }
    return offeredToken(request.getHeader("Sec-WebSocket-Protocol"));
  }

  private static Optional<String> offeredToken(String subprotocols) {
    if (subprotocols == null) {
      return Optional.empty();
    }
    for (String offered : subprotocols.split(",", -1)) {
      if (offered.strip().startsWith(SUBPROTOCOL_TOKEN)) {
        return decode(offered.strip().substring(SUBPROTOCOL_TOKEN.length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decode(String base64url) {
    try {
      byte[] utf8 = Base64.getUrlDecoder().decode(base64url);
      return Optional.of(new String(utf8, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Takes the same time whatever is wrong with the token. */
  private static boolean matches(Optional<String> offered, Optional<String> wanted) {
    return offered.isPresent()
        && wanted.isPresent()
        && MessageDigest.isEqual(
            offered.get().getBytes(StandardCharsets.UTF_8),
            wanted.get().getBytes(StandardCharsets.UTF_8));
  }
}
