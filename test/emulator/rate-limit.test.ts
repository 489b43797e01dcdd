import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";

const running = useEmulator();
const set = (method: string, body?: unknown) =>
  running.call("/emulator/rate-limit", { method, token: null, body });
const read = async (path = reasonsPath()) => (await running.call(path)).status;

test("an account gets so many requests in a second, and then a 429 that says when to come again", async () => {
  expect((await set("PUT", { perSecond: 2 })).status).toBe(204);
  expect([await read(), await read()]).toEqual([200, 200]);
  const refused = await running.call(reasonsPath());
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("1");
  running.now += 1000;
  expect(await read()).toBe(200);
});

test("accounts do not share it, and a reset ends it", async () => {
  await set("PUT", { perSecond: 0 });
  expect(await read()).toBe(429);
  await set("PUT", { perSecond: 1 });
  expect(await read()).toBe(200);
  expect(await read(reasonsPath(undefined, "99999999"))).not.toBe(429);
  running.emulator.reset();
  expect([await read(), await read()]).toEqual([200, 200]);
});

test.each([{}, { perSecond: -1 }, { perSecond: 1.5 }, { perSecond: "2" }, []])(
  "is not set to %j",
  async (body) => {
    const response = await set("PUT", body);
    expect([response.status, jsonIn(response)]).toEqual([400, expect.anything()]);
  },
);
