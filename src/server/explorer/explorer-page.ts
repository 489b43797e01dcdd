import type { ExplorerPreset } from "./explorer-preset.js";

/**
 * The Content-Security-Policy of GraphiQL's page, which may load this gateway's files only. GraphiQL's widgets add `style`
 * elements to the page, hence 'unsafe-inline' for styles.
 */
export const explorerPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The HTML page of GraphiQL; its files are below the path `base`. */
export function explorerPage(base: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>GraphiQL – status-reason-gateway</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${base}/graphiql.css" />
    <link rel="stylesheet" href="${base}/explorer.css" />
  </head>
  <body>
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="explorer"></div>
    <script src="${base}/react.js"></script>
    <script src="${base}/react-dom.js"></script>
    <script src="${base}/graphiql.js"></script>
    <script src="${base}/graphql-sse.js"></script>
    <script src="${base}/explorer.js"></script>
  </body>
</html>
`;
}

/**
 * The page's own style: GraphiQL fills the window, and its panes are stacked on narrow screens, where GraphiQL itself keeps
 * them side by side.
 */
export const explorerStyle = `body { margin: 0; }
#explorer { height: 100dvh; }
@media (max-width: 40rem) {
  .graphiql-container { flex-direction: column-reverse; }
  .graphiql-container .graphiql-sidebar { flex-direction: row; width: auto; }
  .graphiql-container .graphiql-sidebar > button { margin-top: 0 !important; }
  .graphiql-container .graphiql-main { flex-direction: column; min-height: 0; }
  .graphiql-container .graphiql-sessions { margin: var(--px-8) var(--px-8) 0; }
  .graphiql-container #graphiql-session { flex-direction: column; }
  .graphiql-container .graphiql-horizontal-drag-bar { display: none; }
}
`;

/**
 * The page's own script; a file of its own because the policy forbids inline scripts. GraphiQL subscribes over
 * server-sent events: their request carries the page's headers, and `connect-src 'self'` allows it in every browser,
 * unlike a WebSocket. The document is parsed here: GraphiQL passes none before it has the schema, and for a moment after
 * another tab was chosen it passes the document and the operation name of the tab before.
 */
export function explorerScript(endpoint: string, { query, subscription, ...preset }: ExplorerPreset): string {
  const variables = JSON.stringify(preset.variables, null, 2);
  const headers = JSON.stringify(preset.headers, null, 2);
  const props = {
    defaultQuery: query,
    defaultTabs: [query, subscription].map((document) => ({ query: document, variables, headers })),
    variables,
    defaultHeaders: headers,
    defaultEditorToolsVisibility: "headers",
    isHeadersEditorEnabled: true,
  };
  return `const url = ${JSON.stringify(endpoint)};

function run(request, options) {
  const wsClient = graphqlSse.createClient({ url, headers: options?.headers });
  const documentAST = GraphiQL.GraphQL.parse(request.query);
  const operations = documentAST.definitions.filter(({ kind }) => kind === "OperationDefinition");
  const operationName = operations.length === 1 ? operations[0].name?.value : request.operationName;
  return GraphiQL.createFetcher({ url, wsClient })({ ...request, operationName }, { ...options, documentAST });
}

ReactDOM.createRoot(window.document.getElementById("explorer")).render(
  React.createElement(GraphiQL, {
    ...${JSON.stringify(props)},
    fetcher: run,
  }),
);
`;
}
