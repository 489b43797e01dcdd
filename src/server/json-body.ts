import type { FastifyInstance } from "fastify";

import { parseJson } from "../upstream/json.js";

/**
 * Reads bodies as JSON and nothing else. A 64-bit id may come as a JSON number: where it is beyond 2^53 it
 * becomes a string of its exact digits, which is what GraphQL's ID is.
 */
export function registerJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, parseJson(body.toString(), String));
    } catch {
      done(Object.assign(new Error("The body is not valid JSON."), { statusCode: 400 }));
    }
  });
}
