import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";

import type { FastifyInstance } from "fastify";

import { parseJson } from "../lib/index.js";
import { decodeContent, refuseUnknownEncoding } from "./content-encoding.js";
import { RequestProblem } from "./http-errors.js";
import type { RequestBodies } from "./request-bodies.js";

const charsetPattern = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** UTF-8, and the part of it that has a name of its own. */
const readCharsets = /^(?:utf-?8|(?:us-)?ascii)$/i;

const byteOrderMark = "\uFEFF";

/** Reads bodies as JSON and nothing else. */
export function registerJsonBody(app: FastifyInstance, bodies: RequestBodies, maxBytes: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", (request, stream, done) => {
    refuseUnknownForm(request.headers);
    bodies.read(request.raw, stream, (body) => {
      try {
        done(null, parseBody(decoded(body, request.headers, maxBytes)));
      } catch (error) {
        done(
          error instanceof RequestProblem ? error : new RequestProblem(400, "The body is not valid JSON."),
        );
      }
    });
  });
}

/**
 * Reads a body as JSON in UTF-8. A byte order mark before it does no harm.
 *
 * A 64-bit id may come as a JSON number: where it is beyond 2^53 it becomes a string of its exact digits, which
 * is what GraphQL's ID is.
 *
 * @throws RequestProblem 400 where the bytes are not UTF-8, which is not guessed at
 * @throws SyntaxError where the text is not JSON
 */
export function parseBody(body: Buffer): unknown {
  if (!isUtf8(body)) throw new RequestProblem(400, "The body is not valid UTF-8.");
  const text = body.toString();
  return parseJson(text.startsWith(byteOrderMark) ? text.slice(1) : text, String);
}

/** Before any of the body is read. */
function refuseUnknownForm(headers: IncomingHttpHeaders): void {
  const charset = charsetPattern.exec(headers["content-type"] ?? "")?.[1];
  if (charset !== undefined && !readCharsets.test(charset)) {
    throw new RequestProblem(400, "The body has to be in UTF-8.");
  }
  refuseUnknownEncoding(headers["content-encoding"]);
}

function decoded(body: Buffer | undefined, headers: IncomingHttpHeaders, maxBytes: number): Buffer {
  const encoding = headers["content-encoding"];
  const whole = body === undefined || encoding === undefined ? body : decodeContent(body, encoding, maxBytes);
  if (whole === undefined) throw new RequestProblem(413, "The body is too large.");
  return whole;
}
