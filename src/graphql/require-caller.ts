import type { GraphQLFieldResolver } from "graphql";

import { upstreamOperations } from "../upstream/api/index.js";
import type { UpstreamOperation } from "../upstream/http/index.js";
import type { GatewayContext } from "./context.js";

/** How many root fields of one operation get an error where the caller is refused; the others are only null. */
const maxRefusals = 100;

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
      guarded(resolve, operations[name] ?? upstreamOperations.viewAgents),
    ]),
  );
}

function guarded(resolve: Resolver, operation: UpstreamOperation): Resolver {
  return (root, args, context, info) => {
    context.isCallerKnown ??= refusalOf(context, operation) === undefined;
    if (context.isCallerKnown) return resolve(root, args, context, info);
    context.refusedFields += 1;
    return context.refusedFields > maxRefusals ? null : refusalOf(context, operation);
  };
}

/** @returns why the caller is refused; undefined where it is not */
function refusalOf({ upstream, call }: GatewayContext, operation: UpstreamOperation): unknown {
  try {
    upstream.checkCaller(call, operation);
    return undefined;
  } catch (error) {
    return error;
  }
}
