import { Client, fetchExchange } from "@urql/core";

import { StatusReasonsDocument, failuresOf } from "../../packages/client/src/index.js";
import { emulatorAccountId as accountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { useTestGateway } from "../support/gateway.js";

/** As the client package's README says of urql's default, `preferGetMethod`. */
describe("urql's GET requests", () => {
  const gateway = useTestGateway();

  const ask = (headers: Readonly<Record<string, string>>) => {
    const client = new Client({ url: gateway.url, exchanges: [fetchExchange], fetchOptions: { headers } });
    return client.query(StatusReasonsDocument, { accountId }).toPromise();
  };
  const authorization = `Bearer ${emulatorTokens.admin}`;

  it("are answered with a bearer token", async () => {
    const sent = jest.spyOn(globalThis, "fetch");
    expect((await ask({ authorization })).data?.statusReasons.totalCount).toBeGreaterThan(0);
    expect(sent.mock.calls[0]?.[1]?.method).toBe("GET");
  });

  it.each([
    ["BAD_REQUEST", {}],
    ["UNAUTHENTICATED", { "apollo-require-preflight": "true" }],
  ])("are %s without one, and with %j", async (code, headers) => {
    expect(failuresOf((await ask(headers)).error)).toMatchObject([{ code }]);
  });
});
