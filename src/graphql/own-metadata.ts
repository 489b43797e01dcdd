import { getMetadataStorage } from "type-graphql";

/** The metadata of all decorators, from which TypeGraphQL builds a schema. */
type Storage = ReturnType<typeof getMetadataStorage>;

/** A class, the object of an enum, or a scalar. */
type TypeValue = unknown;

const globalName = "TypeGraphQLMetadataStorage";

/**
 * Runs `build` with only the metadata of the given resolvers, and of the types that they refer to.
 *
 * TypeGraphQL keeps the metadata of all decorators of the process in one global storage, shared by all copies of itself.
 * Other code in the process may use it too: its `@Authorized` fields would require an `authChecker` of the gateway, its
 * errors would break the gateway's schema, and its queries would replace the gateway's of the same names.
 *
 * @param build synchronous; the global storage is restored when it returns or throws
 */
export function withMetadataOf<T>(resolvers: readonly TypeValue[], build: () => T): T {
  const shared = getMetadataStorage();
  Reflect.deleteProperty(globalThis, globalName);
  try {
    // A new storage of this copy of TypeGraphQL: another version may have created the shared one.
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

/** The types that a class refers to: of its fields, its methods' parameters and results, and the type it resolves. */
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
