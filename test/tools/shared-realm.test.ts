import { runInThisContext } from "node:vm";

import type { JestEnvironmentConfig } from "@jest/environment";
import DataLoader from "dataloader";

import SharedRealm from "../support/shared-realm/environment.js";

describe("the realm of the tests", () => {
  it("is the process's own", () => {
    expect(runInThisContext("Array")).toBe(Array);
  });

  it("shares packages, which Jest would evaluate for each file", () => {
    const { default: evaluated } = jest.requireActual<{ default?: unknown }>("dataloader");
    expect(DataLoader).toBeInstanceOf(Function);
    expect(evaluated).not.toBe(DataLoader);
  });

  it("forgets what a test file set", async () => {
    const { Date: date, fetch: send } = globalThis;
    const config = { projectConfig: { globals: { fromConfig: 1 } } } as unknown as JestEnvironmentConfig;
    const realm = new SharedRealm(config);
    expect(globalThis).toHaveProperty("fromConfig", 1);
    Object.assign(globalThis, { fromTest: 2, Date: null, fetch: undefined });
    Object.assign(process.env, { FROM_TEST: "3", PATH: "nowhere" });
    const path = process.env["PATH"];
    await realm.teardown();
    expect(path).toBe("nowhere");
    expect(globalThis).not.toHaveProperty("fromConfig");
    expect(globalThis).not.toHaveProperty("fromTest");
    expect([globalThis.Date, globalThis.fetch]).toEqual([date, send]);
    expect(process.env["FROM_TEST"]).toBeUndefined();
    expect(process.env["PATH"]).not.toBe("nowhere");
  });
});
