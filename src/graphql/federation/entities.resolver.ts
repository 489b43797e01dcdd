import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";

import { resolveAgentReference } from "../agent/index.js";
import type { GatewayContext, ReferenceResolver } from "../context.js";
import { maxItems } from "../limits/index.js";
import { resolveStatusReasonReference } from "../status-reason/index.js";
import { InputError, IsAccountId, IsLongId, validateArguments } from "../validation/index.js";

const tooMany = new InputError([
  {
    path: "representations",
    constraint: "arrayMaxSize",
    message: `must have 0 to ${maxItems.representations} items`,
  },
]);

type Representation = Readonly<Record<string, unknown>>;

const referenceResolvers = new Map<unknown, ReferenceResolver>([
  ["Agent", resolveAgentReference],
  ["StatusReason", resolveStatusReasonReference],
]);

/**
 * Resolves `_entities` of Apollo's subgraph specification. Unlike with `@apollo/subgraph`, one malformed representation
 * fails alone, and none is written into, because other fields may share it.
 */
export const resolveEntities: GraphQLFieldResolver<unknown, GatewayContext> = (
  _root,
  { representations }: { readonly representations: readonly Representation[] },
  context,
  info,
) => {
  if (representations.length > maxItems.representations) throw tooMany;
  return representations.map((representation) => resolveEntity(representation, context, info));
};

/** A rejection is the error of this item of the list alone. */
async function resolveEntity(
  representation: Representation,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<object | null> {
  const { __typename } = representation;
  const resolveReference = referenceResolvers.get(__typename);
  if (resolveReference === undefined) {
    const message = "must be the name of an entity of this subgraph";
    throw new InputError([{ path: "__typename", constraint: "isEntity", message }]);
  }
  const entity = await resolveReference(readEntityKey(representation), context, info);
  return entity && { ...entity, __typename };
}

/** The key in a representation from another subgraph. Both entities of this schema have the same. */
class EntityRepresentation {
  @IsAccountId()
  readonly accountId: unknown;

  @IsLongId()
  readonly id: unknown;

  constructor(representation: Readonly<Record<string, unknown>>) {
    this.accountId = representation["accountId"] ?? "";
    const { id } = representation;
    this.id = Number.isSafeInteger(id) ? String(id) : (id ?? "");
  }
}

/**
 * Reads the key of a representation.
 *
 * @throws InputError if it has no valid key
 */
function readEntityKey(representation: Readonly<Record<string, unknown>>): {
  readonly accountId: string;
  readonly id: string;
} {
  const key = new EntityRepresentation(representation);
  validateArguments(key);
  return { accountId: String(key.accountId), id: String(key.id) };
}
