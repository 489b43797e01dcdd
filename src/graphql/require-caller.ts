import type { GraphQLFieldResolver } from "graphql";

import { upstreamOperations } from "../upstream/api/index.js";
import type { UpstreamOperation } from "../upstream/http/index.js";
import type { GatewayContext } from "./context.js";

/** How many fields of one operation are told that the caller is not known; the others are only null. */
const maxRefusals = 100;

/** What the fields of the root types call the upstream for; the others look at agents. */
const operations: Readonly<Record<string, UpstreamOperation>> = {
  statusReasons: upstreamOperations.listStatusReasons,
  statusReason: upstreamOperations.getStatusReason,
  createStatusReason: upstreamOperations.createStatusReason,
  createStatusReasons: upstreamOperations.createStatusReasons,
  updateStatusReason: upstreamOperations.updateStatusReason,
  deleteStatusReason: upstreamOperations.deleteStatusReason,
};

type Resolver = GraphQLFieldResolver<unknown, GatewayContext>;

/** What became of the caller of a request. */
interface Judgement {
  /** Why the caller is refused; undefined where it is let in. */
  readonly refusal: unknown;
  fields: number;
}

const judgements = new WeakMap<GatewayContext, Judgement>();

/**
 * The same resolvers, but that a caller without usable credentials gets nothing of them, whatever they would have
 * done: their arguments are not looked at, and what needs no upstream call is not answered either.
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
    let judgement = judgements.get(context);
    if (judgement === undefined) judgements.set(context, (judgement = judge(context, operation)));
    if (judgement.refusal === undefined) return resolve(root, args, context, info);
    judgement.fields += 1;
    if (judgement.fields > maxRefusals) return null;
    return judge(context, operation).refusal;
  };
}

function judge({ upstream, call }: GatewayContext, operation: UpstreamOperation): Judgement {
  try {
    upstream.identify(call, operation);
    return { refusal: undefined, fields: 0 };
  } catch (error) {
    return { refusal: error, fields: 0 };
  }
}
