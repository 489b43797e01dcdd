import fc from "fast-check";

/** One HTTP request as it is sent. */
export interface BadRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: Buffer | string;
}

/** JSON nested `depth` deep. */
function nested([open, inner, close]: readonly [string, string, string], depth: number): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}

const query = fc.oneof(
  fc.constant('{ statusReasons(accountId: "12345678") { totalCount } }'),
  fc.constant("query ($a: ID!, $i: Int) { statusReason(accountId: $a, id: $a) { id } }"),
  fc.constant(
    "mutation ($i: CreateStatusReasonInput!) { createStatusReason(accountId: 1, input: $i) { revision } }",
  ),
  fc.constant("query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }"),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from("{}()[]:$@!|&= .\"'#\\\n"),
      "...",
      "query",
      "id",
      "a",
      "on",
      "fragment",
      '"""',
      "9",
    ),
  }),
  fc.string({ unit: "binary" }),
);

const hugeNumber = fc.constantFrom(
  "1e999",
  "-1e999",
  "9".repeat(400),
  "-0",
  "0.1e-400",
  "18446744073709551616",
  "1e17",
);

const value = fc.jsonValue({ noUnicodeString: false });

/** What is sent where an object is expected. */
const oddObject = fc.oneof(
  value.map((any) => JSON.stringify(any)),
  hugeNumber,
  fc.constantFrom(
    '{"__proto__":{"a":1},"constructor":{"prototype":{"b":2}}}',
    '{"__proto__":null}',
    '{"toString":1,"hasOwnProperty":2,"a":9007199254740993}',
    '{"a":{"__proto__":[]},"i":{"text":"x","__proto__":{"state":"AWAY"}}}',
    '{"r":[{"__typename":"StatusReason"}]}',
    '{"r":[{"__typename":"__proto__"},{"__typename":"StatusReason","accountId":{},"id":[]},null,1]}',
  ),
  fc
    .tuple(
      fc.constantFrom(
        ["[", "0", "]"] as const,
        ['{"a":', "1", "}"] as const,
        ['{"a":[', "9".repeat(20), "]}"] as const,
      ),
      fc.integer({ min: 1, max: 3000 }),
    )
    .map(([parts, depth]) => nested(parts, depth)),
);

const operation = fc
  .tuple(
    fc.oneof(
      query.map((text) => JSON.stringify(text)),
      oddObject,
    ),
    oddObject,
    oddObject,
  )
  .map(
    ([text, variables, rest]) =>
      `{"query":${text},"variables":${variables},"extensions":${rest},"operationName":${rest}}`,
  );

const sha256 = fc.oneof(
  fc.constantFrom(JSON.stringify("0".repeat(64)), '"A"', '""', "1", "null", "{}", "[]"),
  oddObject,
);

/** Persisted queries of all kinds. */
const persistedQuery = fc
  .tuple(fc.oneof(fc.constantFrom("1", '"1"', "2", "null"), oddObject), sha256)
  .map(([version, hash]) => `{"version":${version},"sha256Hash":${hash}}`);

const extensions = fc.oneof(persistedQuery, oddObject).map((persisted) => `{"persistedQuery":${persisted}}`);

/** The parameter `documentId` in all kinds, or none. */
const documentId = fc.oneof(
  fc.constantFrom("", '"documentId":null,', '"documentId":"",', '"documentId":1,', '"documentId":"md5:a",'),
  sha256.map((hash) => `"documentId":${hash},`),
  fc.string().map((id) => `"documentId":${JSON.stringify(id)},`),
);

const persistedOperation = fc
  .tuple(fc.option(query), extensions, documentId, fc.constantFrom("null", '""', '"a"', "1", "[]", "true"))
  .map(([text, extension, id, name]) => {
    const document = text === null ? "" : `"query":${JSON.stringify(text)},`;
    return `{${document}${id}"extensions":${extension},"operationName":${name}}`;
  });

const plainOperation = fc
  .tuple(query, oddObject)
  .map(([text, variables]) => `{"query":${JSON.stringify(text)},"variables":${variables}}`);

const truncated = fc
  .tuple(operation, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, share]) => text.slice(0, text.length * share));

/** Bodies for `/graphql`. */
export const body = fc.oneof(
  { weight: 4, arbitrary: plainOperation },
  { weight: 2, arbitrary: operation },
  { weight: 2, arbitrary: persistedOperation },
  { weight: 1, arbitrary: fc.array(fc.oneof(plainOperation, oddObject)).map((list) => `[${list.join()}]`) },
  { weight: 2, arbitrary: truncated },
  { weight: 1, arbitrary: oddObject },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(plainOperation, fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([text, bytes]) =>
        Buffer.concat([Buffer.from(text.slice(0, 20)), Buffer.from(bytes), Buffer.from(text.slice(20))]),
      ),
  },
);

/** Search parameters for `/graphql`. */
export const search = fc.oneof(
  fc
    .tuple(query, oddObject)
    .map(
      ([text, variables]) =>
        `query=${encodeURIComponent(text)}&variables=${encodeURIComponent(variables.slice(0, 4000))}`,
    ),
  fc.tuple(query, extensions, fc.constantFrom("", "a", "[]")).map(([text, extension, name]) =>
    new URLSearchParams({
      query: text,
      extensions: extension.slice(0, 4000),
      operationName: name,
    }).toString(),
  ),
  extensions.map((extension) => `extensions=${encodeURIComponent(extension.slice(0, 4000))}`),
  fc
    .array(
      fc.tuple(
        fc.constantFrom("query", "variables", "extensions", "operationName", "__proto__", "a[b]", "%"),
        fc.constantFrom("%", "%ff", "[]", "{}", "{__typename}", "9".repeat(30), "&&==", "%00", "null"),
      ),
    )
    .map((pairs) => pairs.map((pair) => pair.join("=")).join("&")),
);

/** Paths there are, and paths there are not. */
export const path = fc.constantFrom(
  "/graphql",
  "/graphql/",
  "//graphql",
  "/%",
  "/%00",
  "/graphql;a=b",
  "/..%2f",
  "/metrics",
  "/livez",
  "/readyz",
  `/${"a".repeat(3000)}`,
  "/__proto__",
  "/constructor",
);

const headerValue = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  })
  .map((text) => text.trim());

const oddHeaders = fc.record(
  {
    host: fc.oneof(
      fc.constantFrom("[", "a b", "a:b:c", ":", "[::1", "user@host", "host:99999", "%", "a/b", "?", "#"),
      headerValue,
    ),
    accept: fc.oneof(
      fc.constantFrom("*/*;q=x", "text/html", "application/graphql-response+json", "multipart/mixed"),
      headerValue,
    ),
    "content-type": fc.oneof(
      fc.constantFrom(
        "application/json",
        "application/json; charset=utf-16",
        "text/plain",
        "multipart/form-data",
        "application/jsonp",
        ";",
      ),
      headerValue,
    ),
    authorization: headerValue,
    origin: headerValue,
    "x-request-id": headerValue,
    traceparent: fc.oneof(fc.constantFrom("00-", `00-${"0".repeat(32)}-${"0".repeat(16)}-00`), headerValue),
    tracestate: headerValue,
    "apollo-require-preflight": headerValue,
    "access-control-request-headers": headerValue,
    "content-encoding": fc.constantFrom("gzip", "br", "x"),
  },
  { requiredKeys: [] },
);

/** Requests with headers that are none. */
export const headerInput = fc
  .tuple(fc.constantFrom("GET" as const, "POST" as const), path, oddHeaders)
  .map(([method, at, odd]): BadRequest => ({
    method,
    path: at,
    headers: odd,
    ...(method === "POST" && { body: '{"query":"{__typename}"}' }),
  }));

/** Lines that are HTTP only by chance. */
export const httpLines = fc.array(
  fc.oneof(
    fc.constantFrom(
      "GET / HTTP/1.1",
      "POST /graphql HTTP/1.1",
      "OPTIONS * HTTP/1.1",
      "GET http://[ HTTP/1.1",
      "CONNECT a:1 HTTP/1.1",
      "GET /graphql HTTP/9.9",
      "PRI * HTTP/2.0",
      "Host: a",
      "Host: b",
      "Content-Length: 5",
      "Content-Length: -1",
      "Transfer-Encoding: chunked",
      "Expect: 100-continue",
      "Expect: x",
      "Upgrade: websocket",
      "Connection: upgrade",
      "Content-Type: application/json",
      "",
      "{}",
      "5",
      "zz",
      "0",
    ),
    fc
      .constantFrom(100, 3000)
      .map((count) => Array.from({ length: count }, (_, index) => `X-${index}: ${index}`).join("\r\n")),
    fc.string({ unit: "binary", maxLength: 40 }),
  ),
  { minLength: 1, maxLength: 8 },
);
