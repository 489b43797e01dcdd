import { createHash } from "node:crypto";

import type { FastifyInstance } from "fastify";

import { registerAllowedMethods } from "../http-errors.js";

/** A page that the gateway serves. */
export interface HomeLink {
  readonly path: string;
  /** What is there, in a few words. */
  readonly what: string;
}

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 12vh auto; padding: 0 1.25rem;
  background: light-dark(#f4f5f7, #16181d); color: light-dark(#1b1f27, #eceff4); }
h1 { margin: 0; font-size: 1.75rem; }
ul { margin: 1.5rem 0; padding: 0; list-style: none; }
li { margin-top: 0.5rem; }
a { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; padding: 0.75rem 1rem;
  border: 1px solid light-dark(#d9dde3, #3a404b); border-radius: 0.5rem;
  background: light-dark(#ffffff, #20242b); color: inherit; text-decoration: none; }
a:hover, a:focus-visible { border-color: light-dark(#0b57b0, #8fc0ff); }
code { color: light-dark(#0b57b0, #8fc0ff); font-weight: 600; }
`;

/** The page loads nothing, and has no style but its own. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** `/`: says what answers here, and links to what there is. */
export function registerHome(app: FastifyInstance, links: readonly HomeLink[]): void {
  const page = homePage(links);
  app.get("/", (_request, reply) =>
    reply.type("text/html; charset=utf-8").header("content-security-policy", policy).send(page),
  );
  registerAllowedMethods(app, "/", ["GET", "HEAD"]);
}

function homePage(links: readonly HomeLink[]): string {
  const items = links.map(({ path, what }) => `<li><a href="${path}"><code>${path}</code> ${what}</a></li>`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>status-reason-gateway</title>
    <link rel="icon" href="data:," />
    <style>${style}</style>
  </head>
  <body>
    <main>
      <h1>status-reason-gateway</h1>
      <p>A GraphQL gateway over LivePerson's Agent Status Reason API. Programs send their operations to
        <code>/graphql</code>.</p>
      <ul>
        ${items.join("\n        ")}
      </ul>
    </main>
  </body>
</html>
`;
}
