import type { EmulatedUpstream } from "../gateway.js";
import { explorerPath } from "../server/index.js";

/** What a person who just started the gateway on the emulator needs to know, ready to paste. */
export function startUpNote(
  url: string,
  { origin, accountId, token }: EmulatedUpstream,
  { hasExplorers }: { readonly hasExplorers: boolean },
): string {
  const query = `{ statusReasons(accountId: \\"${accountId}\\") { totalCount nodes { id text state enabled } } }`;
  return `
  status-reason-gateway serves at ${url}

  The upstream is the built-in emulator (${origin}); nothing leaves this machine.
    account  ${accountId}
    token    ${token}

  ${hasExplorers ? explorersOf(url) : "Try:"}

    curl -s ${url} -H 'content-type: application/json' -H 'authorization: Bearer ${token}' \\
      -d '{"query":"${query}"}'

`;
}

function explorersOf(url: string): string {
  return `Open the address in a browser for Apollo Sandbox, or ${new URL(explorerPath, url).href} for
  GraphiQL, which needs no network; or try:`;
}
