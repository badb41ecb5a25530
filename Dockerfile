# syntax=docker/dockerfile:1
# The published package `humanrail` in an image: without a database of its own it runs the embedded one, in
# the volume /data; DATABASE_URL and INNGEST_* give it others (see compose.yaml and /docs/self-hosting/kubernetes).
FROM node:24-bookworm-slim AS build
WORKDIR /build/humanrail
# What installing needs comes first, so that a change of the app does not install everything again.
COPY package.json package-lock.json tsconfig.json prisma.config.ts ./
COPY sdks/typescript ./sdks/typescript
COPY sdks/mcp ./sdks/mcp
COPY scripts ./scripts
COPY prisma ./prisma
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm run pack && mv dist-packages/humanrail-*.tgz /humanrail.tgz

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /srv/humanrail
COPY --from=build /humanrail.tgz /tmp/humanrail.tgz
# The installed files stay root's: the server reads them, and writes to /data alone.
RUN npm install --no-audit --no-fund --no-save /tmp/humanrail.tgz \
  && npm cache clean --force \
  && rm /tmp/humanrail.tgz \
  && mkdir /data \
  && chown 1000:1000 /data
# The user node, by number: Kubernetes tells by it that this is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The launcher itself, not npm: it is told to stop, finishes what is under way and ends its parts.
CMD ["node", "node_modules/humanrail/bin/humanrail.mjs"]
