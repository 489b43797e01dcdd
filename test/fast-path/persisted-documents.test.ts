import { readFileSync } from "node:fs";

import { ApolloServer } from "@apollo/server";
import fc from "fast-check";
import { buildSchema, parse, validate } from "graphql";

import { emulatorAccountId as accountId, emulatorEmptyAccountId } from "../../src/emulator/seed/seed.js";
import { sha256Of } from "../../src/lib/index.js";
import { post, startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { apolloManifest, useManifests } from "../support/manifest.js";
import { persisted } from "../support/persisted.js";
import { randomQuery } from "../support/random-query.js";
import { seededCalls } from "../support/seeded-calls.js";

const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"), { assumeValidSDL: true });
const manifestOf = useManifests();
const startedAt = Date.now();
// Results with times are the same each time.
const options = { now: () => startedAt };

let byApollo: jest.SpyInstance;
beforeEach(() => {
  byApollo = jest.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");
});

const byText = (query: string) => ({ query });
const byHash = (query: string) => ({ extensions: persisted(query) });
const byDocumentId = (query: string) => ({ documentId: `sha256:${sha256Of(query)}` });
const customIdOf = (query: string) => `x-test:${sha256Of(query).slice(0, 20)}`;
const byCustomId = (query: string) => ({ documentId: customIdOf(query) });

/** A response, and its line in the log, without what differs from one request to the next. */
async function told(gateway: TestGateway, body: object) {
  const { status, headers, text } = await post(gateway.url, JSON.stringify(body), {
    headers: { "x-request-id": "one" },
  });
  const { date, ...others } = Object.fromEntries(headers);
  expect(date).toBeDefined();
  const line = { ...gateway.log.lines().at(-1), time: undefined, durationMs: undefined };
  return { status, headers: others, text, line };
}

/** Asks by text until the query is compiled, and expects the same by each of `others`, which Apollo gets no more of. */
async function expectSame(gateway: TestGateway, query: string, others: readonly object[]): Promise<boolean> {
  await told(gateway, byText(query));
  await told(gateway, byText(query));
  byApollo.mockClear();
  const expected = await told(gateway, byText(query));
  const isCompiled = byApollo.mock.calls.length === 0;
  for (const body of others) {
    expect(await told(gateway, body)).toEqual(expected);
    expect(byApollo.mock.calls.length === 0).toBe(isCompiled);
  }
  return isCompiled;
}

describe("automatic persisted queries", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({}, options);
  });
  afterAll(() => gateway.stop());

  const query = `query Known { statusReasons(accountId: "${accountId}") { totalCount } }`;

  it("are answered without Apollo once they are known, also where they were never sent as text alone", async () => {
    const notFound = await told(gateway, byHash(query));
    expect(notFound.text).toContain("PERSISTED_QUERY_NOT_FOUND");
    await told(gateway, { ...byText(query), ...byHash(query) });
    const expected = await told(gateway, byHash(query));
    byApollo.mockClear();
    expect(await told(gateway, byHash(query))).toEqual(expected);
    expect(await told(gateway, byDocumentId(query))).toEqual(expected);
    expect(byApollo).not.toHaveBeenCalled();
    // The headers of "not found" are no other response's.
    expect(expected.headers["cache-control"]).toBe("no-store");
    expect(notFound.headers["cache-control"]).toContain("must-revalidate");
  });

  it("are registered and refused by Apollo, also where the text is compiled", async () => {
    const other = `{ statusReasons(accountId: "${emulatorEmptyAccountId}") { revision } }`;
    await expectSame(gateway, other, []);
    byApollo.mockClear();
    const mismatch = await told(gateway, { ...byText(other), ...byHash(query) });
    expect(mismatch.text).toContain("provided sha does not match query");
    expect((await told(gateway, byHash(other))).text).toContain("PERSISTED_QUERY_NOT_FOUND");
    await told(gateway, { ...byText(other), ...byHash(other) });
    expect(byApollo).toHaveBeenCalledTimes(3);
    await expectSame(gateway, other, [byHash(other)]);
  });

  it("agree with texts, whatever the query", async () => {
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(randomQuery(schema, seededCalls), async (text) => {
        fc.pre(validate(schema, parse(text)).length === 0);
        await told(gateway, { ...byText(text), ...byHash(text) });
        if (await expectSame(gateway, text, [byHash(text), byDocumentId(text)])) compiled += 1;
      }),
      { numRuns: 30 },
    );
    expect(compiled).toBeGreaterThan(10);
  }, 60_000);
});

describe("trusted documents", () => {
  it.each(["allow", "only"])(
    "agree with texts in the mode `%s`, whatever the query",
    async (mode) => {
      let compiled = 0;
      const queries = fc.array(randomQuery(schema, seededCalls), { minLength: 20, maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(queries, async (all) => {
          const valid = [...new Set(all)].filter((text) => validate(schema, parse(text)).length === 0);
          const file = manifestOf(apolloManifest(valid, customIdOf));
          const env = { TRUSTED_DOCUMENTS: file, TRUSTED_DOCUMENTS_MODE: mode };
          const gateway = await startTestGateway(env, options);
          for (const text of valid) {
            const others = [byHash, byDocumentId, byCustomId].map((by) => by(text));
            if (await expectSame(gateway, text, others)) compiled += 1;
          }
          await gateway.stop();
        }),
        { numRuns: 1 },
      );
      expect(compiled).toBeGreaterThan(5);
    },
    60_000,
  );

  it("only: the fast path executes nothing else", async () => {
    const text = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
    const file = manifestOf(apolloManifest([text]));
    const gateway = await startTestGateway({ TRUSTED_DOCUMENTS: file, TRUSTED_DOCUMENTS_MODE: "only" });
    expect(await expectSame(gateway, text, [byHash(text)])).toBe(true);
    // Its plan is the same.
    for (const other of [`${text} `, `${text}#`]) {
      expect((await told(gateway, byText(other))).text).toContain("DOCUMENT_NOT_TRUSTED");
    }
    await gateway.stop();
  });
});
