# Built in one stage, run from another: the second has neither build tools nor development packages.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:26-slim
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=8000
WORKDIR /app
COPY package.json package-lock.json ./
# The embedded PostgreSQL is an optional package and stays out: here DATABASE_URL is required.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund && npm cache clean --force && mkdir /data && chown node:node /data
COPY tsconfig.json main.ts cli.ts client.ts ./
COPY cli cli
COPY core core
COPY migrations migrations
COPY ingest ingest
COPY projections projections
COPY --from=build /app/dist dist
USER node
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/_health/`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "cli.ts", "serve"]
