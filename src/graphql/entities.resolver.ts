import type { GraphQLResolveInfo } from "graphql";

import { resolveAgentReference } from "./agent/index.js";
import type { GatewayContext, ReferenceResolver } from "./context.js";
import { resolveStatusReasonReference } from "./status-reason/index.js";
import { InputError, IsAccountId, IsLongId, validateArguments } from "./validation/index.js";

/** The most representations that one field takes. */
export const maxRepresentations = 5000;

const tooMany = new InputError([
  {
    path: "representations",
    constraint: "arrayMaxSize",
    message: `must have 0 to ${maxRepresentations} items`,
  },
]);

type Representation = Readonly<Record<string, unknown>>;

const referenceResolvers = new Map<unknown, ReferenceResolver>([
  ["Agent", resolveAgentReference],
  ["StatusReason", resolveStatusReasonReference],
]);

/**
 * `_entities` of Apollo's subgraph specification. It is our own because the library's lets one malformed
 * representation fail all, and writes into the objects it is given, which other fields share.
 */
export const entitiesResolver = {
  Query: {
    _entities: (
      _root: unknown,
      { representations }: { readonly representations: readonly Representation[] },
      context: GatewayContext,
      info: GraphQLResolveInfo,
    ) => {
      if (representations.length > maxRepresentations) throw tooMany;
      return representations.map((representation) => resolveEntity(representation, context, info));
    },
  },
};

/** A rejection is the error of the one place it stands in. */
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

/** What another subgraph knows of an entity: the key that both entities of this schema have. */
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
 * @throws InputError where it has none that can be one
 */
function readEntityKey(representation: Readonly<Record<string, unknown>>): {
  readonly accountId: string;
  readonly id: string;
} {
  const key = new EntityRepresentation(representation);
  validateArguments(key);
  return { accountId: String(key.accountId), id: String(key.id) };
}
