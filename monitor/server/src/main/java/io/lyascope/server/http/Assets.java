package io.lyascope.server.http;

import io.lyascope.snapshot.Digests;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files of the class path. Our own have no version in their names and are revalidated each time;
 * those of libraries have one and never change.
 */
final class Assets {

  private static final String OWN = "lyascope/web/";
  private static final String LIBRARIES = "META-INF/resources/webjars/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "png", "image/png",
          "txt", "text/plain; charset=utf-8",
          "yaml", "application/yaml");

  private final Map<String, Optional<Asset>> cache = new HashMap<>();

  private record Asset(Buffer content, String type, String tag) {}

  void page(RoutingContext ctx) {
    send(ctx, OWN + "index.html", "no-cache");
  }

  void own(RoutingContext ctx) {
    send(ctx, OWN + rest(ctx, "/assets/"), "no-cache");
  }

  void library(RoutingContext ctx) {
    send(ctx, LIBRARIES + rest(ctx, "/webjars/"), "public, max-age=31536000, immutable");
  }

  void openApi(RoutingContext ctx) {
    send(ctx, "lyascope/openapi.yaml", "no-cache");
  }

  private static String rest(RoutingContext ctx, String mount) {
    return ctx.normalizedPath().substring(mount.length());
  }

  private void send(RoutingContext ctx, String resource, String caching) {
    Asset asset = find(resource).orElseThrow(() -> new Problem(404, "There is no such file."));
    var response = ctx.response();
    response.putHeader("Cache-Control", caching).putHeader("ETag", asset.tag());
    if (asset.tag().equals(ctx.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader("Content-Type", asset.type()).end(asset.content());
    }
  }

  /** What is not there is not remembered: anybody can ask for anything. */
  private Optional<Asset> find(String resource) {
    Optional<Asset> known = cache.get(resource);
    if (known == null) {
      known = load(resource);
      if (known.isPresent()) {
        cache.put(resource, known);
      }
    }
    return known;
  }

  /** Only names with a known ending are files; others may be folders. */
  private static Optional<Asset> load(String resource) {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (type == null || resource.contains("..") || resource.contains("\\")) {
      return Optional.empty();
    }
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] content = in.readAllBytes();
      String tag = '"' + Digests.sha256(content).substring(0, 16) + '"';
      return Optional.of(new Asset(Buffer.buffer(content), type, tag));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
