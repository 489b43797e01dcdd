import { version } from "graphql";

/** The versions of graphql that the gateway runs with: those that TypeGraphQL and Apollo Server both accept. */
export const graphqlRange = "^16.12.0";

const { major, minor } = { major: 16, minor: 12 };

/**
 * Refuses to start beside a graphql that the gateway cannot run with. There is one graphql in a process, the
 * program's: schemas and errors of two copies do not know each other.
 *
 * @throws Error that names the version found and those that would do
 */
export function requireGraphql(found: string = version): void {
  const [foundMajor = 0, foundMinor = 0] = found.split(".").map(Number);
  if (foundMajor === major && foundMinor >= minor) return;
  throw new Error(
    `status-reason-gateway needs graphql ${graphqlRange}, and this program has graphql ${found}.`,
  );
}
