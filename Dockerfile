# An LTS version of Node. To pin the image itself too, add its digest: node:VERSION-bookworm-slim@sha256:DIGEST
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY tools/bundle.js ./tools/bundle.js
RUN npm run build

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="status-reason-gateway" \
      org.opencontainers.image.description="A GraphQL gateway over LivePerson's Agent Status Reason API." \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
# The bundle has all that it needs. GraphiQL, which production does not serve, is not in it.
COPY --from=build /app/bundle ./bundle
COPY package.json LICENSE ./
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that it gets the signals.
ENTRYPOINT ["node", "bundle/main.js"]
CMD ["serve"]
