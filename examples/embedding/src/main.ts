/** Starts the gateway, lists the reasons that agents can choose, and stops it again. */
import { ConfigError, createGateway } from "status-reason-gateway";
import type { Gateway } from "status-reason-gateway";

import { listReasons } from "./list-reasons.js";

try {
  const gateway = await createGateway({ UPSTREAM: "emulator", PORT: 0 }, { env: process.env });
  await showReasons(gateway);
  await gateway.stop();
} catch (error) {
  console.error(error instanceof ConfigError ? error.problems.join("\n") : error);
  process.exitCode = 1;
}

async function showReasons({ url, emulated }: Gateway): Promise<void> {
  if (emulated === undefined) throw new Error("this account and this token are the emulator's");
  const filter = { state: "AWAY", enabled: true } as const;
  const { nodes } = await listReasons(url, emulated.token, { accountId: emulated.accountId, filter });
  for (const { id, text } of nodes) console.log(`${id} ${text}`);
}
