# The image of the gateway: Debian, Node and what the gateway needs at run time. It runs without root, on a root file
# system that may be read-only. It writes to /data only, and only if it keeps its own database there.
ARG NODE=node:24-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY console/package.json console/
# Scripts are left out here, because `prepare` would build the sources, which come later.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN npm run build && find dist -name '*.js.map' -delete

# Optional packages are left out too. The Prisma CLI and TypeScript are optional peers of @prisma/client, and --omit=dev
# alone keeps them.
FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional --ignore-scripts
# Half of the packages' bytes is never read: source maps, TypeScript, manuals, Prisma's compilers for databases that the
# gateway does not speak, OpenTelemetry's code for bundlers, the code for CommonJS of the tokenizer, of Zod and of MCP, and
# the telephone numbers of all countries, which only a rule of class-validator reads that no input uses. Licences of what
# stays stay.
RUN find node_modules -type f ! -iname 'license*' \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' \) -delete \
  && find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name 'query_compiler_small_bg.postgresql.*' -delete \
  && rm -rf node_modules/@opentelemetry/*/build/esm node_modules/@opentelemetry/*/build/esnext node_modules/libphonenumber-js \
    node_modules/gpt-tokenizer/cjs \
  && find node_modules/zod node_modules/@modelcontextprotocol -name '*.cjs' -delete \
  && find node_modules -type d -empty -delete

FROM ${NODE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Tollgate" \
  org.opencontainers.image.description="A GraphQL API gateway for LLM work sold by the job." \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8003 DATA_DIR=/data
# If traces are sent, they are those of each tenth request, and those that a client has begun.
ENV OTEL_TRACES_SAMPLER=parentbased_traceidratio OTEL_TRACES_SAMPLER_ARG=0.1
WORKDIR /app
RUN install --directory --owner=1000 --group=1000 /data
COPY package.json LICENSE ./
COPY prisma/migrations prisma/migrations
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# The account "node" of the image, as a number: Kubernetes' runAsNonRoot accepts no name.
USER 1000:1000
VOLUME /data
EXPOSE 8003
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "--import", "./dist/telemetry/register.js", "dist/main.js"]
