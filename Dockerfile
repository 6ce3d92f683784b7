FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Scripts are left out here, because `prepare` would build the sources, which come later.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

# Optional packages are left out too. The Prisma CLI and TypeScript are optional peers of @prisma/client, and --omit=dev
# alone keeps them.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8003 DATA_DIR=/data
WORKDIR /app
RUN install --directory --owner=node --group=node /data
COPY package.json ./
COPY prisma/migrations prisma/migrations
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
VOLUME /data
EXPOSE 8003
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "--import", "./dist/telemetry/register.js", "dist/main.js"]
