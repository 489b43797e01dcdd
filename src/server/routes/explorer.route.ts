import { readFile } from "node:fs/promises";

import type { FastifyInstance, FastifyReply } from "fastify";

import type { Config } from "../../config/index.js";
import {
  explorerPage,
  explorerPolicy,
  explorerScript,
  explorerStyle,
  findExplorerAssets,
} from "../explorer/index.js";
import type { ExplorerPreset } from "../explorer/index.js";
import { registerAllowedMethods } from "../http-errors.js";
import { graphqlPath } from "./graphql.route.js";

export const explorerPath = "/graphiql";

/**
 * `/graphiql`: an explorer whose files the gateway serves itself. Not in production.
 *
 * @returns whether it is served
 */
export function registerExplorer(app: FastifyInstance, config: Config, preset: ExplorerPreset): boolean {
  const assets = findExplorerAssets();
  if (config.production || assets.length === 0) return false;
  const serve = (path: string, contentType: string, read: () => string | Promise<Buffer>): void => {
    app.get(path, async (_request, reply) => sendExplorer(reply, contentType, await read()));
    registerAllowedMethods(app, path, ["GET", "HEAD"]);
  };
  serve(explorerPath, "text/html; charset=utf-8", () => explorerPage(explorerPath));
  serve(`${explorerPath}/explorer.css`, "text/css; charset=utf-8", () => explorerStyle);
  serve(`${explorerPath}/explorer.js`, "text/javascript; charset=utf-8", () =>
    explorerScript(graphqlPath, preset),
  );
  for (const { name, contentType, file } of assets) {
    serve(`${explorerPath}/${name}`, contentType, () => readFile(file));
  }
  return true;
}

function sendExplorer(reply: FastifyReply, contentType: string, body: string | Buffer): FastifyReply {
  return reply
    .header("content-type", contentType)
    .header("content-security-policy", explorerPolicy)
    .send(body);
}
