# The monitor, built from this tree: docker build -t lyascope .
FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# For lyascope_build_info: docker build --build-arg revision="$(git rev-parse --short HEAD)" .
ARG revision=unknown
RUN mvn --batch-mode --quiet -DskipTests -Drevision="$revision" package -pl monitor/server -am

FROM eclipse-temurin:25.0.1_8-jre-noble
RUN groupadd --system lyascope && useradd --system --gid lyascope --create-home lyascope
WORKDIR /app
COPY --from=build /src/lyascope ./
COPY --from=build /src/monitor/server/target/app/lib lib
COPY --from=build /src/ingest/recordings ingest/recordings
USER lyascope

# Bound to all interfaces of the container, the monitor asks for LYASCOPE_AUTH_VIEWER_TOKEN and
# LYASCOPE_AUTH_OPERATOR_TOKEN and does not start without them.
ENV LYASCOPE_HTTP_HOST=0.0.0.0
EXPOSE 8080

# Bash speaks enough HTTP for this, so that the image needs no client. Health is open to all.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD bash -c 'exec 3<>/dev/tcp/127.0.0.1/8080 \
    && printf "GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 \
    && head -n 1 <&3 | grep -q " 200 "'

ENTRYPOINT ["./lyascope"]
CMD ["serve"]
