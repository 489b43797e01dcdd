import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A file of GraphiQL's page that the gateway serves itself. */
export interface ExplorerAsset {
  readonly name: string;
  readonly contentType: string;
  /** Where it is on disk. */
  readonly file: string;
}

const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";

/**
 * GraphiQL, its React and the client with which it subscribes, as their packages ship them for browsers: by name,
 * package and path inside it.
 */
const bundled = [
  ["react.js", "react", "umd/react.production.min.js", script],
  ["react-dom.js", "react-dom", "umd/react-dom.production.min.js", script],
  ["graphiql.js", "graphiql", "graphiql.min.js", script],
  ["graphql-sse.js", "graphql-sse", "umd/graphql-sse.min.js", script],
  ["graphiql.css", "graphiql", "graphiql.min.css", style],
] as const;

/** GraphiQL's files; none where it was not installed: it is an optional dependency, big and of no use in production. */
export function findExplorerAssets(): readonly ExplorerAsset[] {
  const { resolve } = createRequire(import.meta.url);
  try {
    return bundled.map(([name, packageName, path, contentType]) => ({
      name,
      contentType,
      file: join(dirname(resolve(`${packageName}/package.json`)), path),
    }));
  } catch {
    return [];
  }
}
