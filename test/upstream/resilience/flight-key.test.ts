import type { UpstreamRequest } from "../../../src/upstream/request.js";
import { flightKeyOf } from "../../../src/upstream/resilience/flight-key.js";

const request: UpstreamRequest = {
  service: "agentManagerWorkspace",
  operation: "viewAgents",
  intent: "read",
  accountId: "12345678",
  method: "POST",
  path: "/agent_view",
  body: '{"at":1}',
  success: [200],
};
const keyOf = (other: Partial<UpstreamRequest> = {}, origin = "https://a.example", token = "Bearer secret") =>
  flightKeyOf({ ...request, ...other }, origin, token);

describe("flightKeyOf", () => {
  it("is the same for the same", () => {
    expect(keyOf()).toEqual(keyOf());
  });

  it.each<[string, ReturnType<typeof keyOf>]>([
    ["token", keyOf({}, "https://a.example", "Bearer other")],
    ["host", keyOf({}, "https://b.example")],
    ["account", keyOf({ accountId: "87654321" })],
    ["service", keyOf({ service: "accountConfigReadOnly" })],
    ["method", keyOf({ method: "GET" })],
    ["path", keyOf({ path: "/agent_view?offset=1" })],
    ["body", keyOf({ body: '{"at":2}' })],
  ])("differs by %s", (_part, key) => {
    expect(key).not.toEqual(keyOf());
  });

  it("goes by the flight key instead of the body where there is one", () => {
    expect(keyOf({ flightKey: "all", body: "1" })).toEqual(keyOf({ flightKey: "all", body: "2" }));
    expect(keyOf({ flightKey: "all" })).not.toEqual(keyOf({ flightKey: "some" }));
    expect(keyOf({ flightKey: '{"at":1}' })).not.toEqual(keyOf());
  });

  it("holds no token in the clear", () => {
    expect(JSON.stringify(keyOf())).not.toContain("secret");
  });
});
