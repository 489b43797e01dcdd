import { getMetadataStorage } from "type-graphql";

/** The lists of decorators' findings that TypeGraphQL builds a schema from. */
type Storage = ReturnType<typeof getMetadataStorage>;

/** A class, the object of an enum, or a scalar. */
type TypeValue = unknown;

const globalName = "TypeGraphQLMetadataStorage";

/**
 * Runs `build` while TypeGraphQL knows the given resolvers and the types they lead to, and nothing else.
 *
 * TypeGraphQL keeps what all decorators of the process said in one global storage, across all copies of itself.
 * Other code in the process may use it too: its `@Authorized` fields would ask the gateway for an `authChecker`, its
 * faults would break the gateway's schema, and its queries of the same names would take the place of the gateway's.
 *
 * @param build synchronous; the storage of the process is back in its place when it ends, whatever it does
 */
export function withMetadataOf<T>(resolvers: readonly TypeValue[], build: () => T): T {
  const shared = getMetadataStorage();
  Reflect.deleteProperty(globalThis, globalName);
  try {
    // The storage of this copy of TypeGraphQL: the shared one may have been made by another version.
    fillFrom(shared, getMetadataStorage(), resolvers);
    return build();
  } finally {
    globalThis[globalName] = shared;
  }
}

function fillFrom(shared: Storage, own: Storage, resolvers: readonly TypeValue[]): void {
  const reached = reachableFrom(resolvers, shared);
  const isOwn = (entry: unknown): boolean => {
    const { target, enumObj } = entry as { target?: unknown; enumObj?: unknown };
    return reached.has(target) || reached.has(enumObj);
  };
  for (const [name, list] of Object.entries(shared)) {
    if (Array.isArray(list)) Object.assign(own, { [name]: list.filter(isOwn) });
  }
}

function reachableFrom(resolvers: readonly TypeValue[], shared: Storage): ReadonlySet<TypeValue> {
  const reached = new Set<TypeValue>();
  const visit = (value: TypeValue): void => {
    if (value === undefined || reached.has(value)) return;
    reached.add(value);
    if (typeof value !== "function") return;
    visit(Object.getPrototypeOf(value));
    for (const type of typesNamedBy(value, shared)) visit(type);
  };
  for (const resolver of resolvers) visit(resolver);
  return reached;
}

/** The types of a class's fields, of what its methods take and return, and that it resolves fields of. */
function typesNamedBy(named: TypeValue, storage: Storage): TypeValue[] {
  const isOfClass = ({ target }: { readonly target: unknown }): boolean => target === named;
  const { queries, mutations, subscriptions, fieldResolvers, resolverClasses, params, fields } = storage;
  const external = fieldResolvers.filter(({ kind }) => kind === "external").filter(isOfClass);
  return [
    ...[...queries, ...mutations, ...subscriptions].filter(isOfClass).map((method) => method.getReturnType()),
    ...external.map(({ getType }) => getType?.()),
    ...(external.length > 0 ? resolverClasses.filter(isOfClass).map((owner) => owner.getObjectType()) : []),
    ...params.filter(isOfClass).map((param) => ("getType" in param ? param.getType?.() : undefined)),
    ...fields.filter(isOfClass).map((field) => field.getType()),
  ];
}
