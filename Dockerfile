# The API and the back office, for those who use Docker. It needs a PostgreSQL 15 or later in DATABASE_URL; docker-compose.yml has one.
FROM node:24-slim

WORKDIR /app

COPY package.json pnpm-workspace.yaml pnpm-lock.yaml .npmrc ./
COPY api/package.json api/
COPY admin/package.json admin/
COPY shared/package.json shared/
COPY scripts/package.json scripts/
COPY tag/package.json tag/
RUN npx pnpm install --frozen-lockfile --filter @tributary/api... --filter @tributary/admin --filter tributary

COPY tsconfig*.json ./
COPY api api
COPY shared shared
COPY admin admin
COPY tag/src/tag.ts tag/src/
RUN npx pnpm --filter @tributary/admin build

# What the server keeps beside the database: the first token.
RUN mkdir /data && chown node:node /data
VOLUME /data

USER node
ENV HOST=0.0.0.0 PORT=4000 TRIBUTARY_DATA=/data BUILD_BACK_OFFICE=off
EXPOSE 4000
# Straight, not through npx: signals then reach the server itself.
CMD ["node", "--import", "tsx", "api/src/main.ts"]
