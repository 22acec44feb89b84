# One image for every role: the command says which; the webhook where none is given. With `--target assistant` another, that has the assistant too.

FROM node:22.20.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps ./apps
COPY libs ./libs
COPY src ./src
COPY scripts/build.mjs ./scripts/
COPY scripts/setup ./scripts/setup
RUN npm run build

FROM build AS build-assistant
# Its packages are its own: nobody else has them.
RUN npm ci --prefix apps/assistant --omit=dev --ignore-scripts --no-audit --no-fund && npx nest build assistant

FROM node:22.20.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: what runs needs none of them.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22.20.0-bookworm-slim AS core
ENV NODE_ENV=production
WORKDIR /app
COPY package.json ./
COPY scripts/health.mjs ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# All of it stays root's: a process cannot change what it runs.
USER node
EXPOSE 3000 3001 3002
HEALTHCHECK --interval=10s --timeout=5s --start-period=40s --retries=3 CMD ["node", "health.mjs", "3000"]
CMD ["node", "--max-semi-space-size=32", "--enable-source-maps", "dist/apps/webhook/src/main.js"]

FROM core AS assistant
COPY --from=build-assistant /app/dist ./dist
COPY --from=build-assistant /app/apps/assistant/node_modules ./dist/apps/assistant/node_modules
EXPOSE 3003
HEALTHCHECK --interval=10s --timeout=5s --start-period=40s --retries=3 CMD ["node", "health.mjs", "3003"]
CMD ["node", "--enable-source-maps", "dist/apps/assistant/src/main.js"]

# The last stage is the one that is built where none is named.
FROM core
