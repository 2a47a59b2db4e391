# The image of one app: docker build --build-arg APP=catalog .    Of all: npm run images
ARG BUILD_IMAGE=node:24-bookworm-slim
# Its Node is the one that runs. Anything with Node 24 does, such as node:24-bookworm-slim.
ARG RUN_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# Only what npm reads, so that nothing else makes it install again.
FROM $BUILD_IMAGE AS manifests
WORKDIR /shop
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
 && find . -type d -empty -delete

FROM $BUILD_IMAGE AS build
WORKDIR /shop
COPY --from=manifests /shop .
RUN npm ci --ignore-scripts
COPY . .
RUN npx tsc --build apps/* tools \
 && node tools/src/images/bundle.ts /images \
 && touch -d @0 /images/*/data

# Here, because what V8 keeps fits only the Node that made it, the user and the path.
FROM $RUN_IMAGE AS warm
ARG APP
ENV PATH=/nodejs/bin:/usr/local/bin:/usr/bin:/bin
COPY --from=build /shop/tools/src/images/warm.ts /
COPY --from=build --chown=10001:10001 /images/$APP /
USER 10001
RUN ["node", "/warm.ts", "/app"]

FROM $RUN_IMAGE
ARG APP
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title=shop/$APP \
      org.opencontainers.image.description="The shop's $APP" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED
ENV PATH=/nodejs/bin:/usr/local/bin:/usr/bin:/bin \
    NODE_ENV=production \
    NODE_COMPILE_CACHE=/app/.compile-cache \
    # Two arenas instead of eight for each core: a third less resident memory.
    MALLOC_ARENA_MAX=2 \
    KAFKAJS_NO_PARTITIONER_WARNING=1 \
    OTEL_SERVICE_NAME=$APP
COPY --from=warm --chown=0:0 /app /app
# Where a program that keeps something keeps it; a volume inherits the owner.
COPY --from=warm --chown=10001:10001 /data /data
WORKDIR /app
USER 10001:10001
# The heap follows the container's memory limit; a small young generation is worth 30 MB for each service.
ENTRYPOINT ["node", "--max-old-space-size-percentage=75", "--max-semi-space-size=4", \
            "--disable-warning=TimeoutNegativeWarning", "--import", "./preload.js"]
# A migration is another program of the same image: docker run … migrate.js
CMD ["main.js"]
