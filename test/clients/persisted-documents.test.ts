import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ApolloClient, ApolloLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { Client, cacheExchange, mapExchange } from "@urql/core";
import { Kind, OperationTypeNode, getOperationAST } from "graphql";

import { createGatewayLink, typePolicies } from "../../packages/client/src/apollo/index.js";
import { StatusReasonsDocument } from "../../packages/client/src/documents.js";
import { createGatewayExchanges } from "../../packages/client/src/urql.js";
import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { useTestGateway } from "../support/gateway.js";
import { ownCredentials } from "../support/own-credentials.js";
import { documentOf, namesOf, variablesOf } from "../support/published-operations.js";
import { createApolloClient, createSession } from "./clients.js";

const file = join(__dirname, "../../schema/operations.manifest.json");
const manifest = JSON.parse(readFileSync(file, "utf8")) as { operations: { id: string; name: string }[] };
const ids = new Map(manifest.operations.map(({ name, id }) => [name, id]));

/** The bodies of all requests. */
const bodies: string[] = [];

beforeEach(() => {
  bodies.length = 0;
  const send = globalThis.fetch;
  jest.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
    if (typeof init?.body === "string") bodies.push(init.body);
    return send(url, init);
  });
});

describe("a gateway that executes only the published operations", () => {
  const gateway = useTestGateway({
    ...ownCredentials.oauth1,
    TRUSTED_DOCUMENTS: file,
    TRUSTED_DOCUMENTS_MODE: "only",
  });
  const queries = namesOf(OperationTypeNode.QUERY);

  it.each(queries)("executes %s by the id that Apollo Client's link sends", async (name) => {
    const persistedQueries = new PersistedQueryLink({
      generateHash: (document) => ids.get(getOperationAST(document)?.name?.value ?? "") ?? "",
      disable: () => false,
    });
    const client = new ApolloClient({
      cache: new InMemoryCache({ typePolicies }),
      link: ApolloLink.from([persistedQueries, createGatewayLink(gateway.url, createSession())]),
    });
    const { data } = await client.query({
      query: documentOf(name),
      variables: { accountId, ...variablesOf[name] },
    });
    expect(data).toBeDefined();
    expect(bodies).toHaveLength(1);
    expect(JSON.parse(bodies[0] ?? "")).not.toHaveProperty("query");
    client.stop();
  });

  it.each(queries)("executes %s by the text that Apollo Client sends", async (name) => {
    const client = createApolloClient(gateway.url, createSession());
    const variables = { accountId, ...variablesOf[name] };
    expect((await client.query({ query: documentOf(name), variables })).data).toBeDefined();
    client.stop();
  });

  it("executes by the documentId that urql sends", async () => {
    const client = new Client({
      url: gateway.url,
      preferGetMethod: false,
      exchanges: [
        cacheExchange,
        mapExchange({
          onOperation: (operation) => {
            const documentId = ids.get(getOperationAST(operation.query)?.name?.value ?? "");
            if (documentId === undefined) return operation;
            return { ...operation, query: { kind: Kind.DOCUMENT, definitions: [], documentId } };
          },
        }),
        ...createGatewayExchanges(createSession()),
      ],
    });
    const result = await client.query(StatusReasonsDocument, { accountId }).toPromise();
    expect(result.error).toBeUndefined();
    expect(result.data).toMatchObject({ statusReasons: {} });
    expect(bodies).toHaveLength(1);
    expect(JSON.parse(bodies[0] ?? "")).not.toHaveProperty("query");
  });
});
