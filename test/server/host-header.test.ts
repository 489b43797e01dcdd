import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf, useTestGateway } from "../support/gateway.js";
import { sendRaw } from "../support/raw-http.js";

const query = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;

/** The gateway answers these before Fastify, by Fastify and Apollo, and without GraphQL. */
const targets = {
  "a query that it knows": ["POST", "/graphql", JSON.stringify({ query })],
  "a query that it does not know": ["POST", "/graphql", JSON.stringify({ query: `${query} # other` })],
  "a health check": ["GET", "/livez", ""],
} as const;

const valid = [
  "gateway",
  "GATEWAY.example:4000",
  "gateway.example.",
  "a_b.example",
  "10.0.0.1:80",
  "gateway:",
  "[::1]",
  "[::1]:4000",
];

const invalid = [
  "",
  "a b",
  "[::1",
  "::1",
  "[zz]",
  "[::1]x",
  "user@gateway",
  "gateway/path",
  "gateway?query",
  "gateway#fragment",
  "gateway\\path",
  "http://gateway",
  "gateway:65536",
  "gateway:http",
  "gateway:1:2",
  "a%20b",
  "1.2.3.256",
  "\xe4",
];

describe.each(Object.entries(targets))("%s", (_name, [method, path, body]) => {
  const gateway = useTestGateway();
  beforeAll(async () => {
    for (let time = 0; time < 3; time += 1) await send("1.1", "gateway");
    dataOf(await gateway.query(query));
  });

  async function send(version: string, ...hosts: readonly string[]): Promise<string> {
    const lines = [
      `${method} ${path} HTTP/${version}`,
      ...hosts.map((host) => `host: ${host}`),
      `authorization: Bearer ${emulatorTokens.admin}`,
      "content-type: application/json",
      `content-length: ${body.length}`,
      "connection: close",
    ];
    return sendRaw(gateway.origin, Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`, "latin1"));
  }

  it.each(valid)("is answered for the host %j", async (host) => {
    expect(await send("1.1", host)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each(invalid)("is refused for the host %j", async (host) => {
    for (const version of ["1.1", "1.0"]) expectRefusal(await send(version, host));
  });

  it("is refused for more than one host, be they the same", async () => {
    expectRefusal(await send("1.1", "a", "b"));
    expectRefusal(await send("1.1", "a", "a"));
    expectRefusal(await send("1.0", "a", "b"));
  });

  it("is refused without a host, but for HTTP/1.0, which needs none", async () => {
    expectRefusal(await send("1.1"));
    expect(await send("1.0")).toMatch(/^HTTP\/1\.1 200 /);
  });
});

function expectRefusal(answer: string): void {
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const requestId = /^x-request-id: (.*)$/im.exec(head)?.[1]?.trim();
  expect(JSON.parse(body)).toEqual({
    errors: [
      {
        message: "The Host header is not valid.",
        extensions: { code: "BAD_REQUEST", retryable: false, requestId },
      },
    ],
  });
}
