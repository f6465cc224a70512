# A container with the one binary, its certificates and nothing to build with.
#
#   docker build -t bindeledd .
#   docker run --rm bindeledd demo --once
#   docker run --rm -v "$PWD/my-config:/etc/bindeledd:ro" -v bindeledd-data:/var/lib/bindeledd -p 8080:8080 bindeledd
#
# In the configuration: data and partners' folders in /var/lib/bindeledd, and listen = "0.0.0.0:8080" (inside, 127.0.0.1 is the
# container alone). docs/operating.md says it step by step.

FROM rust:1.95-slim-bookworm AS build
# The compiler for the C parts (SQLite, aws-lc) is in the slim image; this makes sure of it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN cargo build --profile dist --locked --bin bindeledd \
 && ./target/dist/bindeledd --version

FROM debian:bookworm-slim
# The authorities that partners' certificates are checked against.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin bindeledd \
 && install -d -o bindeledd -g bindeledd -m 0750 /var/lib/bindeledd \
 && install -d -m 0755 /etc/bindeledd
COPY --from=build /build/target/dist/bindeledd /usr/local/bin/bindeledd
COPY LICENSE-APACHE LICENSE-MIT /usr/share/doc/bindeledd/

USER 10001:10001
WORKDIR /var/lib/bindeledd
VOLUME ["/etc/bindeledd", "/var/lib/bindeledd"]
EXPOSE 8080
# SIGTERM stops it in order; give it longer than its own 20 seconds: docker stop --time 40
STOPSIGNAL SIGTERM
# There is no curl in here, and bash can ask by itself. Plain HTTP on port 8080; with TLS inside, or on another port, set your own.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r -t 4 _ status _ <&3 && [[ $status == 200 ]]"]
ENTRYPOINT ["bindeledd", "--config", "/etc/bindeledd"]
CMD ["serve"]
