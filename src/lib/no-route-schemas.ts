import type { FastifyServerOptions } from "fastify";

/**
 * An option of Fastify's for servers without schemas of routes: it does not load its compilers of schemas, which takes
 * 20 ms. The program's bundle leaves them out.
 */
export const noRouteSchemas: NonNullable<FastifyServerOptions["schemaController"]> = {
  compilersFactory: { buildValidator: refuse, buildSerializer: refuse },
};

function refuse(): never {
  throw new Error("a route has a schema, for which Fastify needs its compilers");
}
