# Node 26 comes with `npm ci` as a package, so any image with npm 10 or newer will do.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# Saved, the lockfile would be written again as it is, and the pack would be of an older one.
RUN npm run prepare && npm prune --omit=dev --ignore-scripts --no-save && node bin/link.js

FROM debian:bookworm-slim
RUN groupadd --system kaidong && useradd --system --gid kaidong --home /var/lib/kaidong kaidong \
  && mkdir -p /var/lib/kaidong && chown kaidong:kaidong /var/lib/kaidong
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/node_modules/.bin:$PATH NODE_ENV=production MALLOC_ARENA_MAX=2
USER kaidong
VOLUME /var/lib/kaidong
EXPOSE 8080
ENTRYPOINT ["node", "/app/bin/kaidong.js"]
CMD ["serve"]
