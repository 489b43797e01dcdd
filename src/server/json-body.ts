import type { IncomingHttpHeaders } from "node:http";

import type { FastifyInstance } from "fastify";

import { NotUtf8, parseJsonBytes } from "../lib/index.js";
import { decodeContent, refuseUnknownEncoding } from "./content-encoding.js";
import { RequestProblem } from "./http-errors.js";
import type { RequestBodies } from "./request-bodies.js";

const charsetPattern = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** UTF-8, and the part of it that has a name of its own. */
const readCharsets = /^(?:utf-?8|(?:us-)?ascii)$/i;

/** Reads bodies as JSON and nothing else. */
export function registerJsonBody(app: FastifyInstance, bodies: RequestBodies, maxBytes: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", (request, stream, done) => {
    refuseUnknownForm(request.headers);
    bodies.read(request.raw, stream, (body) => {
      try {
        done(null, parseJsonBytes(decoded(body, request.headers, maxBytes)));
      } catch (error) {
        done(problemOf(error));
      }
    });
  });
}

function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  const form = error instanceof NotUtf8 ? "UTF-8" : "JSON";
  return new RequestProblem(400, `The body is not valid ${form}.`);
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
