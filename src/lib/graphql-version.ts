import { version } from "graphql";

/** The lowest version of graphql that TypeGraphQL and Apollo Server both accept. */
const [major, minor] = [16, 12] as const;

export const graphqlRange = `^${major}.${minor}.0`;

/**
 * Checks the version of graphql. There is one copy of it in a process, the program's: schemas and errors of two copies
 * are not compatible.
 *
 * @throws Error that names the version found and the range that is supported
 */
export function requireGraphql(found: string = version): void {
  const [foundMajor = 0, foundMinor = 0] = found.split(".").map(Number);
  if (foundMajor === major && foundMinor >= minor) return;
  throw new Error(
    `status-reason-gateway needs graphql ${graphqlRange}, and this program has graphql ${found}.`,
  );
}
