import type { FastifyInstance } from "fastify";

import { parseJson } from "../upstream/json.js";

/** Reads bodies as JSON and nothing else. */
export function registerJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, parseRequestJson(body.toString()));
    } catch {
      done(Object.assign(new Error("The body is not valid JSON."), { statusCode: 400 }));
    }
  });
}

/**
 * A 64-bit id may come as a JSON number: where it is beyond 2^53 it becomes a string of its exact digits, which
 * is what GraphQL's ID is.
 *
 * @throws SyntaxError where the text is not JSON
 */
export function parseRequestJson(text: string): unknown {
  return parseJson(text, String);
}
