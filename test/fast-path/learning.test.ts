import { ApolloServer } from "@apollo/server";

import { emulatorAccountId as accountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { useTestGateway } from "../support/gateway.js";

const account = `accountId: "${accountId}"`;

describe("known operations", () => {
  const gateway = useTestGateway();
  let byApollo: jest.SpyInstance;
  beforeEach(() => {
    byApollo = jest.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");
  });

  /** Which of the answers are Apollo's: `A`, or not: `-`. */
  async function answerers(
    queries: readonly string[],
    token: string | null = emulatorTokens.admin,
  ): Promise<string> {
    const told: string[] = [];
    for (const query of queries) {
      byApollo.mockClear();
      await gateway.query(query, {}, { token });
      told.push(byApollo.mock.calls.length > 0 ? "A" : "-");
    }
    return told.join("");
  }

  it("are those that come a second time, not a first", async () => {
    const queries = Array.from(
      { length: 5 },
      (_, index) => `{ x${index}: statusReasons(${account}) { totalCount } }`,
    );
    expect(await answerers(queries)).toBe("AAAAA");
    expect(await answerers(queries)).toBe("AAAAA");
    expect(await answerers(queries)).toBe("-----");
  });

  it.each<[string, string, string | null]>([
    ["that ask for nothing but keys", `{ agent(${account}, id: "1") { id } }`, emulatorTokens.admin],
    ["without a token that ask for keys", `{ agent(${account}, id: "2") { id } }`, null],
    ["without a token", `{ statusReasons(${account}) { revision } }`, null],
    ["that find nothing", `{ statusReason(${account}, id: "1") { id } }`, emulatorTokens.admin],
    ["of the schema alone", "{ __typename }", emulatorTokens.admin],
  ])(
    "are none of requests %s, which do not show whether the upstream accepts the caller",
    async (_name, query, token) => {
      expect(await answerers([query, query, query, query], token)).toBe("AAAA");
    },
  );

  it("are told apart by what they say alone, each spelling after it came twice", async () => {
    const a = `{ spelled: statusReasons(${account}) { totalCount } }`;
    const b = `# another\n{ spelled : statusReasons(${account},,) \n { totalCount }}`;
    expect(await answerers([a, a, a, b, b, b, a])).toBe("AA-AA--");
    const [one, other] = [await gateway.query(a), await gateway.query(b)];
    expect(other.text).toBe(one.text);
  });

  it("have a bounded number of fields", async () => {
    const few = `{ ${aliases(100)} }`;
    const many = `{ ${aliases(400)} }`;
    expect(await answerers([few, few, few])).toBe("AA-");
    expect(await answerers([many, many, many, many])).toBe("AAAA");
  });
});

/** Fields of a list, of which each document has its own. */
function aliases(count: number): string {
  const fields = Array.from({ length: count }, (_, index) => `x${index}: id`).join(" ");
  return ["a", "b", "c"]
    .map((name) => `${name}: statusReasons(${account}) { nodes { ${fields} } }`)
    .join(" ");
}
