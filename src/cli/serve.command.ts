import { setFlagsFromString } from "node:v8";

import type { Config, SecretFiles } from "../config/index.js";
import { startGateway } from "../gateway.js";
import type { EmulatedUpstream } from "../gateway.js";
import { explorerPath } from "../server/index.js";
import { processLogger } from "./process-logger.js";
import { stopOnSignal } from "./stop-on-signal.js";

/** Serves GraphQL, on the built-in emulator unless configured otherwise. */
export async function serve(config: Config, secretFiles: SecretFiles): Promise<void> {
  inlineMore();
  const logger = await processLogger(config);
  const gateway = await startGateway(config, logger, secretFiles);
  if (gateway.emulated !== undefined) {
    process.stdout.write(startUpNote(gateway.url, gateway.emulated, { hasExplorers: !config.production }));
  }
  stopOnSignal({
    stop: () => gateway.stop(),
    logger,
    // A terminal that is closed sends it too, and that ends the process.
    ...(!process.stdin.isTTY && {
      onHangUp: () => {
        gateway.reloadSecrets();
      },
    }),
  });
}

/** In bytes of bytecode; V8's own limits are 460 for one function and 920 for all. */
const inliningFlags = [
  "--max-inlined-bytecode-size=920",
  "--max-inlined-bytecode-size-cumulative=4000",
] as const;

/**
 * Lets V8 inline more: a request runs many small functions, each called once. Only in a process of our own: the flags
 * are the whole process's.
 */
function inlineMore(): void {
  for (const flag of inliningFlags) setFlagsFromString(flag);
}

/** What to try first on the emulator, ready to paste. */
function startUpNote(
  url: string,
  { origin, accountId, token }: EmulatedUpstream,
  { hasExplorers }: { readonly hasExplorers: boolean },
): string {
  const query = `{ statusReasons(accountId: \\"${accountId}\\") { totalCount nodes { id text state enabled } } }`;
  return `
  status-reason-gateway serves at ${url}

  Its upstream is the built-in emulator (${origin}); nothing leaves this machine.
    account  ${accountId}
    token    ${token}

  ${hasExplorers ? explorersOf(url) : "In a terminal:"}

    curl -s ${url} -H 'content-type: application/json' -H 'authorization: Bearer ${token}' \\
      -d '{"query":"${query}"}'

`;
}

function explorersOf(url: string): string {
  return `In a browser, the address shows Apollo Sandbox, and ${new URL(explorerPath, url).href}
  shows GraphiQL, which works offline. In a terminal:`;
}
