import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A file of GraphiQL that the gateway serves itself. */
export interface ExplorerAsset {
  readonly name: string;
  readonly contentType: string;
  /** Its path on disk. */
  readonly file: string;
}

const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";

/**
 * The browser builds of GraphiQL, React and the client of server-sent events: name, package, path inside the package and
 * content type.
 */
const bundled = [
  ["react.js", "react", "umd/react.production.min.js", script],
  ["react-dom.js", "react-dom", "umd/react-dom.production.min.js", script],
  ["graphiql.js", "graphiql", "graphiql.min.js", script],
  ["graphql-sse.js", "graphql-sse", "umd/graphql-sse.min.js", script],
  ["graphiql.css", "graphiql", "graphiql.min.css", style],
] as const;

/** Finds GraphiQL's files; none if it is not installed: it is an optional dependency, not needed in production. */
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
