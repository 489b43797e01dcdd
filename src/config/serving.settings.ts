import * as z from "zod";

import { flag, integer, list, oneOf, origin, text } from "./setting-types.js";

export const production = "production";
export const test = "test";

const corsOrigin = z.union([z.literal("*"), origin], "must be comma-separated http(s) origins, or *");

export const serving = z
  .object({
    mode: oneOf([production, "development", test]).optional().meta({
      name: "NODE_ENV",
      description: "`production` turns off introspection and the explorers, and makes `UPSTREAM` mandatory.",
    }),
    host: text("a name or an address")
      .default("127.0.0.1")
      .meta({ name: "HOST", description: "The address that the gateway listens on." }),
    port: integer(0, 65_535)
      .default(4000)
      .meta({ name: "PORT", description: "The port that the gateway listens on; 0 takes any free one." }),
    corsOrigins: list(corsOrigin, "comma-separated http(s) origins; `*` for any")
      .transform((origins): "any" | string[] => (origins.includes("*") ? "any" : origins))
      .meta({ type: "string", values: "comma-separated http(s) origins; `*` for any" })
      .default([])
      .meta({
        name: "CORS_ORIGINS",
        outsideProduction: "*",
        description: "The origins whose pages may call the gateway from a browser.",
      }),
    logLevel: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info").meta({
      name: "LOG_LEVEL",
      description:
        "The lowest level that is logged: as JSON lines on standard output, or as coloured text if that is a terminal and NODE_ENV is not `production`.",
    }),
    compiledOperations: integer(0, 100_000).default(1_000).meta({
      name: "COMPILED_OPERATIONS",
      description:
        "How many operations are kept compiled; 0 turns compilation off, and Apollo Server and graphql-js execute everything.",
    }),
    showsSdl: flag.default(false).meta({
      name: "SUBGRAPH_SDL",
      outsideProduction: "true",
      description: "Whether the field `_service { sdl }` shows the schema.",
    }),
  })
  .meta({ title: "Serving" });
