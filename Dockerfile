# API, worker and the offline commands: one image, the command says which.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /tandem
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/worker/package.json apps/worker/
COPY apps/cli/package.json apps/cli/
COPY packages/shared/package.json packages/shared/
COPY packages/runtime/package.json packages/runtime/
COPY packages/engine/package.json packages/engine/
COPY packages/history/package.json packages/history/
COPY packages/planning/package.json packages/planning/
COPY packages/queue/package.json packages/queue/
COPY prisma prisma
COPY prisma.config.ts ./
# Prisma asks for a native schema engine that generating does not use
RUN npm ci --omit=dev --omit=optional -w @tandem/api -w @tandem/worker -w @tandem/cli \
 && PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npx prisma generate

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /tandem
COPY --from=dependencies /tandem ./
COPY apps/api apps/api
COPY apps/worker apps/worker
COPY apps/cli apps/cli
COPY packages/shared packages/shared
COPY packages/runtime packages/runtime
COPY packages/engine packages/engine
COPY packages/history/src packages/history/src
COPY packages/planning packages/planning
COPY packages/queue packages/queue
USER node
EXPOSE 8092
CMD ["node", "apps/api/src/main.ts"]
