import type { FastifyReply, FastifyRequest } from "fastify";

import type { WireId } from "../wire/index.js";

import { parseJson, stringifyJson } from "../lib/index.js";
import { Problem, problemBody } from "./problem.js";

/** The parameters of a path that contains an account. */
export interface AccountParams {
  Params: { accountId: string };
}

/** Parses a query string. The last one of repeated parameters counts. */
export const parseQuery = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

/** The parsed query parameters of a request. */
export const queryOf = (request: FastifyRequest): Readonly<Record<string, string | undefined>> =>
  request.query as Record<string, string>;

/** The body as text. Bodies are parsed by the routes, so that the journal has them as received. */
export const textOf = (request: FastifyRequest): string =>
  typeof request.body === "string" ? request.body : "";

/** @throws Problem 400 if the body is not JSON. */
export function jsonOf(request: FastifyRequest): unknown {
  try {
    return parseJson(textOf(request));
  } catch {
    throw new Problem(400, "The body is not valid JSON.");
  }
}

/** An id as a JSON number; a bigint only beyond 2^53, because bigints are slower to write. */
export function numeric(id: string): WireId {
  const value = Number(id);
  return Number.isSafeInteger(value) ? value : BigInt(id);
}

export function sendJson(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return reply.code(status).type("application/json; charset=utf-8").send(stringifyJson(value));
}

/** @param at - Epoch milliseconds. */
export function sendProblem(reply: FastifyReply, problem: Problem, at: number): FastifyReply {
  const { contentType, body } = problemBody(problem, at);
  if (contentType !== undefined) void reply.type(contentType);
  return reply.code(problem.status).headers(problem.headers).send(body);
}
