/** What identifies an entity: the key of both entities of the schema. */
export interface EntityKey {
  readonly accountId: string;
  readonly id: string;
}

/** No account id has a slash in it. */
export function entityCacheKey({ accountId, id }: EntityKey): string {
  return `${accountId}/${id}`;
}

/** The ids of each account, in the order of the keys. */
export function groupByAccount(keys: readonly EntityKey[]): Map<string, string[]> {
  const idsByAccount = new Map<string, string[]>();
  for (const { accountId, id } of keys) {
    const ids = idsByAccount.get(accountId);
    if (ids === undefined) idsByAccount.set(accountId, [id]);
    else ids.push(id);
  }
  return idsByAccount;
}
