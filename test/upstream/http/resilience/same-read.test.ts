import type { UpstreamRequest } from "../../../../src/upstream/http/request.js";
import { isSameRead } from "../../../../src/upstream/http/resilience/shared-reads.js";
import type { Read } from "../../../../src/upstream/http/resilience/shared-reads.js";
import { createCaller } from "../../../support/upstream-caller.js";

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

function readOf(other: Partial<UpstreamRequest> = {}, origin = "https://a.example", token = "secret"): Read {
  return { call: createCaller(token).call, request: { ...request, ...other }, origin };
}

describe("isSameRead", () => {
  it("is true for two callers with the same token", () => {
    expect(isSameRead(readOf(), readOf())).toBe(true);
  });

  it.each<[string, Read]>([
    ["token", readOf({}, "https://a.example", "other")],
    ["host", readOf({}, "https://b.example")],
    ["account", readOf({ accountId: "87654321" })],
    ["service", readOf({ service: "accountConfigReadOnly" })],
    ["operation", readOf({ operation: "searchAgents" })],
    ["method", readOf({ method: "GET" })],
    ["path", readOf({ path: "/agent_view?offset=1" })],
    ["body", readOf({ body: '{"at":2}' })],
  ])("is false where the %s differs", (_part, read) => {
    expect(isSameRead(readOf(), read)).toBe(false);
    expect(isSameRead(read, readOf())).toBe(false);
  });

  it("goes by the sharing key instead of the body where there is one", () => {
    const all = readOf({ sharingKey: "all", body: "1" });
    expect(isSameRead(all, readOf({ sharingKey: "all", body: "2" }))).toBe(true);
    expect(isSameRead(all, readOf({ sharingKey: "some", body: "1" }))).toBe(false);
    expect(isSameRead(all, readOf({ body: "all" }))).toBe(false);
  });
});
