import { IsAccountId, IsLongId, validateArguments } from "../validation/index.js";

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
export function readEntityKey(representation: Readonly<Record<string, unknown>>): {
  readonly accountId: string;
  readonly id: string;
} {
  const key = new EntityRepresentation(representation);
  validateArguments(key);
  return { accountId: String(key.accountId), id: String(key.id) };
}
