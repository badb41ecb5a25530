# The app alone: PostgreSQL and Inngest are given by DATABASE_URL and INNGEST_* (see compose.yaml).
FROM node:22-slim
WORKDIR /app
COPY package.json package-lock.json ./
COPY sdks/typescript ./sdks/typescript
COPY sdks/mcp ./sdks/mcp
COPY scripts ./scripts
COPY prisma ./prisma
COPY tsconfig.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && mkdir -p /data && chown node /data
USER node
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
EXPOSE 3000
# The launcher waits for nothing else: it migrates under a lock, serves, and registers the functions.
CMD ["node", "scripts/start.mjs"]
