# API, worker and the offline commands: one image, the command says which.

# The database client. Its generator, Prisma's CLI, is a dev dependency and stays in this stage.
FROM node:24-bookworm-slim AS client
WORKDIR /tandem
COPY package.json package-lock.json .npmrc ./
COPY packages/history/package.json packages/history/
COPY packages/shared/package.json packages/shared/
COPY packages/local-stack/package.json packages/local-stack/
RUN npm ci --omit=optional -w @tandem/history
COPY prisma/schema.prisma prisma/
COPY prisma.config.ts ./
# Prisma asks for a native schema engine that generating does not use
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npx prisma generate

FROM node:24-bookworm-slim AS dependencies
WORKDIR /tandem
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/worker/package.json apps/worker/
COPY apps/cli/package.json apps/cli/
COPY packages/shared/package.json packages/shared/
COPY packages/client/package.json packages/client/
COPY packages/runtime/package.json packages/runtime/
COPY packages/engine/package.json packages/engine/
COPY packages/history/package.json packages/history/
COPY packages/planning/package.json packages/planning/
COPY packages/queue/package.json packages/queue/
RUN npm ci --omit=dev --omit=optional -w @tandem/api -w @tandem/worker -w @tandem/cli

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /tandem
COPY --from=dependencies /tandem ./
COPY prisma/migrations prisma/migrations
COPY apps/api apps/api
COPY apps/worker apps/worker
COPY apps/cli apps/cli
COPY packages/shared packages/shared
COPY packages/client packages/client
COPY packages/runtime packages/runtime
COPY packages/engine packages/engine
COPY packages/history/src packages/history/src
COPY packages/planning packages/planning
COPY packages/queue packages/queue
COPY --from=client /tandem/packages/history/src/generated packages/history/src/generated
USER node
EXPOSE 8092
CMD ["node", "apps/api/src/main.ts"]
