import type { GraphQLFieldResolver } from "graphql";

import { upstreamOperations } from "../upstream/api/index.js";
import type { UpstreamOperation } from "../upstream/http/index.js";
import type { GatewayContext } from "./context.js";

/** The most root fields of an operation that report a refused caller; the others are null without an error. */
const maxReportedFields = 100;

/** The upstream operation that each root field calls, for its errors; fields not listed view agents. */
const operations: Readonly<Record<string, UpstreamOperation>> = {
  statusReasons: upstreamOperations.listStatusReasons,
  statusReason: upstreamOperations.getStatusReason,
  createStatusReason: upstreamOperations.createStatusReason,
  createStatusReasons: upstreamOperations.createStatusReasons,
  updateStatusReason: upstreamOperations.updateStatusReason,
  deleteStatusReason: upstreamOperations.deleteStatusReason,
};

type Resolver = GraphQLFieldResolver<unknown, GatewayContext>;

/**
 * Wraps resolvers so that they run only for callers with usable credentials. Others get an error before the arguments
 * are validated, also from fields that need no upstream call.
 *
 * @param resolvers of `Query` or `Mutation`
 */
export function requiringCaller(resolvers: Readonly<Record<string, Resolver>>): Record<string, Resolver> {
  return Object.fromEntries(
    Object.entries(resolvers).map(([name, resolve]) => [
      name,
      requireCaller(resolve, operations[name] ?? upstreamOperations.viewAgents),
    ]),
  );
}

/**
 * Wraps one such resolver.
 *
 * @param operation the upstream operation that it calls
 */
export function requireCaller(resolve: Resolver, operation: UpstreamOperation): Resolver {
  return (root, args, context, info) => {
    context.isCallerKnown ??= callerError(context, operation) === undefined;
    if (context.isCallerKnown) return resolve(root, args, context, info);
    context.refusedFields += 1;
    return context.refusedFields > maxReportedFields ? null : callerError(context, operation);
  };
}

/** @returns the error of a caller without usable credentials; undefined for others */
function callerError({ upstream, call }: GatewayContext, operation: UpstreamOperation): unknown {
  try {
    upstream.checkCaller(call, operation);
    return undefined;
  } catch (error) {
    return error;
  }
}
