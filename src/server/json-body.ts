import type { IncomingHttpHeaders } from "node:http";

import type { FastifyInstance } from "fastify";

import { NotUtf8, parseJson, parseJsonBytes } from "../lib/index.js";
import { decodeContent, refuseUnknownEncoding } from "./content-encoding.js";
import { RequestError } from "./http-errors.js";
import type { RequestBodies } from "./request-bodies.js";

const charsetPattern = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** UTF-8, and ASCII, its subset. */
const acceptedCharsets = /^(?:utf-?8|(?:us-)?ascii)$/i;

/** Registers the one parser of bodies, which reads JSON. */
export function registerJsonBody(app: FastifyInstance, bodies: RequestBodies, maxBytes: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", (request, stream, done) => {
    refuseUnknownFormat(request.headers);
    bodies.read(request.raw, stream, (body) => {
      try {
        done(null, parseJsonBytes(decoded(body, request.headers, maxBytes)));
      } catch (error) {
        done(requestErrorOf(error));
      }
    });
  });
}

function requestErrorOf(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const format = error instanceof NotUtf8 ? "UTF-8" : "JSON";
  return new RequestError(400, `The body is not valid ${format}.`);
}

/** Runs before any of the body is read. */
function refuseUnknownFormat(headers: IncomingHttpHeaders): void {
  const charset = charsetPattern.exec(headers["content-type"] ?? "")?.[1];
  if (charset !== undefined && !acceptedCharsets.test(charset)) {
    throw new RequestError(400, "The body must be UTF-8.");
  }
  refuseUnknownEncoding(headers["content-encoding"]);
}

function decoded(body: Buffer | undefined, headers: IncomingHttpHeaders, maxBytes: number): Buffer {
  const encoding = headers["content-encoding"];
  const whole = body === undefined || encoding === undefined ? body : decodeContent(body, encoding, maxBytes);
  if (whole === undefined) throw new RequestError(413, "The body is too large.");
  return whole;
}

/**
 * Rewrites the URL of a GET request whose variables contain an integer beyond 2^53 to a string of its exact digits, as in
 * the body of a POST. Apollo's JSON.parse would round it.
 */
export function withExactVariables(url: string): string {
  const start = url.indexOf("?") + 1;
  if (start === 0 || !/\d{16}/.test(url)) return url;
  const search = new URLSearchParams(url.slice(start));
  const [variables, ...others] = search.getAll("variables");
  if (variables === undefined || others.length > 0) return url;
  try {
    search.set("variables", JSON.stringify(parseJson(variables, String)));
  } catch {
    return url;
  }
  return `${url.slice(0, start)}${search.toString()}`;
}
