import { emulatorAccountId, emulatorReasonIds, emulatorTokens } from "../../../src/emulator/seed/seed.js";
import { errorOf, useTestGateway } from "../../support/gateway.js";
import type { RequestOptions } from "../../support/gateway.js";
import { ownCredentials } from "../../support/own-credentials.js";

const list = "query ($a: ID!) { statusReasons(accountId: $a) { totalCount } }";
const a = emulatorAccountId;

interface Fault {
  readonly path: string;
  readonly constraint: string;
  readonly message: string;
}

describe("one bad value in a list", () => {
  const gateway = useTestGateway();

  async function faultsOf(query: string, variables: object): Promise<readonly Fault[]> {
    const { extensions } = errorOf(await gateway.query(query, { a, ...variables }));
    expect(gateway.emulator.journal.requests).toEqual([]);
    return extensions["validationErrors"] as Fault[];
  }

  const agents = "query ($a: ID!, $ids: [ID!]!) { agents(accountId: $a, ids: $ids) { id } }";

  it("is named by index and value among 5000 ids", async () => {
    const ids = Array.from({ length: 5000 }, (_, index) => String(index + 1));
    ids[3172] = "12x";
    expect(await faultsOf(agents, { ids })).toEqual([
      {
        path: "ids.3172",
        constraint: "isLongId",
        message: 'must be a positive 64-bit integer in decimal, not "12x"',
      },
    ]);
  });

  it("is named in a filter", async () => {
    const query = `query ($a: ID!, $filter: LiveAgentFilter) { liveAgents(accountId: $a, filter: $filter) { totalCount } }`;
    const filter = { states: ["AWAY", "UNKNOWN"], reasonIds: ["1", "-2"], groupIds: ["-1", "x"] };
    expect(await faultsOf(query, { filter })).toEqual([
      expect.objectContaining({ path: "filter.states.1", constraint: "isIn" }),
      expect.objectContaining({ path: "filter.reasonIds.1", constraint: "isLongId" }),
      expect.objectContaining({ path: "filter.groupIds.1", constraint: "isIn64Bits" }),
    ]);
  });

  it("is counted where more than 100 are bad, and cut where it is long", async () => {
    const faults = await faultsOf(agents, { ids: Array<string>(5000).fill("x".repeat(100)) });
    expect(faults).toHaveLength(100);
    expect(faults[99]?.message).toMatch(/^must be .{1,100}…; and 4900 more of the list$/);
  });
});

describe("a token that is not accepted", () => {
  const gateway = useTestGateway();

  const messageFor = async (options: RequestOptions): Promise<string> => {
    const { message, extensions } = errorOf(await gateway.query(list, { a }, options));
    expect(extensions).toMatchObject({ code: "UNAUTHENTICATED", retryable: false });
    return message;
  };

  it.each<[string, RequestOptions, string]>([
    [
      "missing",
      { token: null },
      "The Authorization header is missing: send `Authorization: Bearer <token>`.",
    ],
    [
      "of another scheme",
      { token: null, headers: { authorization: "Basic YTpi" } },
      "The Authorization header holds no bearer token: send `Authorization: Bearer <token>`.",
    ],
    ["expired", { token: emulatorTokens.expired }, "The token has expired."],
    ["wrong", { token: "wrong" }, "The upstream does not accept the token: it is wrong or has expired."],
  ])("says that it is %s", async (_case, options, message) => {
    expect(await messageFor(options)).toBe(message);
  });

  it("takes the upstream's challenge for it", async () => {
    const challenge = 'Bearer error="invalid_token", error_description="The access token expired"';
    gateway.emulator.faults.add({ status: 401, headers: { "www-authenticate": challenge } });
    expect(await messageFor({ token: "any" })).toBe("The token has expired.");
  });

  it("says that it was accepted before", async () => {
    expect((await gateway.query(list, { a })).errors).toEqual([]);
    gateway.emulator.faults.add({ status: 401 });
    expect(await messageFor({})).toBe("The token is no longer accepted: it has expired or was revoked.");
  });
});

describe("a key that is not accepted", () => {
  const gateway = useTestGateway(ownCredentials.oauth1);

  it("is told from a missing one", async () => {
    const none = errorOf(await gateway.query(list, { a }, { token: null }));
    expect(none.message).toContain("holds no bearer token: send one of this gateway's API keys");
    const wrong = errorOf(await gateway.query(list, { a }, { token: "wrong" }));
    expect(wrong.message).toBe("The bearer token is none of this gateway's API keys.");
  });
});

describe("what does not exist", () => {
  const gateway = useTestGateway();
  const update =
    'mutation ($a: ID!, $id: ID!) { updateStatusReason(accountId: $a, id: $id, input: { text: "X" }) { revision } }';
  const account = "There is no such account.";
  const reason = "There is no such status reason.";

  it.each([
    ["an account that is listed", list, { a: "99999999" }, account],
    ["an account that is written to", update, { a: "99999999", id: "1" }, account],
    ["a reason", update, { a, id: "1" }, reason],
    ["a reason that was deleted", update, { a, id: emulatorReasonIds.deleted }, reason],
  ])("is %s", async (_case, query, variables, message) => {
    const error = errorOf(await gateway.query(query, variables));
    expect(error.extensions).toMatchObject({ code: "NOT_FOUND" });
    expect(error.message).toBe(message);
  });

  it("is a reason that somebody deleted after it was read", async () => {
    gateway.emulator.faults.add({ match: { method: "PUT" }, status: 404 });
    const error = errorOf(await gateway.query(update, { a, id: emulatorReasonIds.lunch }));
    expect(error.message).toBe(reason);
  });
});
