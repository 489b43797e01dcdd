import type { ResilienceOptions } from "../../src/upstream/http/resilience/options.js";
import { fixedOrigin } from "../../src/upstream/http/service-directory.js";
import type { StatusReasonApi } from "../../src/upstream/api/status-reason.api.js";
import { createUpstream } from "../../src/upstream/upstream.js";
import type { Upstream } from "../../src/upstream/upstream.js";
import { sendJson, startScriptedUpstream } from "./scripted-upstream.js";
import type { ScriptedExchange, ScriptedUpstream } from "./scripted-upstream.js";
import { createCaller } from "./upstream-caller.js";
import { UpstreamLog } from "./upstream-log.js";

/** The gateway's upstream floor alone, before a server that does what the test says. */
export interface UpstreamClient {
  readonly upstream: ScriptedUpstream;
  readonly client: Upstream;
  readonly api: StatusReasonApi;
  readonly log: UpstreamLog;
  /** Reads as a new caller, who shares no read with those of other tokens. */
  readonly list: (token?: string, accountId?: string) => ReturnType<StatusReasonApi["list"]>;
  /** Writes as a new caller. */
  readonly create: () => ReturnType<StatusReasonApi["create"]>;
  /** Responds to a request, by default with an empty list. */
  readonly answer: (index: number, how?: (exchange: ScriptedExchange) => void) => void;
  readonly stop: () => Promise<void>;
}

/** @param script called for each request; by default the test responds itself */
export async function startUpstreamClient(
  resilience: Partial<ResilienceOptions> = {},
  script?: (exchange: ScriptedExchange, count: number) => void,
): Promise<UpstreamClient> {
  const upstream = await startScriptedUpstream(script);
  const log = new UpstreamLog();
  const client = createUpstream({
    directory: fixedOrigin(upstream.origin),
    apiVersion: "1.0",
    resilience: { backoffBaseMs: 1, ...resilience },
    observer: log,
  });
  const api = client.statusReasons;
  return {
    upstream,
    client,
    api,
    log,
    list: (token, accountId = "1") => api.list(createCaller(token).call, accountId, false),
    create: () => api.create(createCaller().call, "1", { text: "Brunch", state: "AWAY", enabled: true }),
    answer: (
      index,
      how = (exchange) => {
        sendJson(exchange, []);
      },
    ) => {
      const exchange = upstream.exchanges[index];
      if (exchange === undefined) throw new Error(`there is no request ${index}`);
      how(exchange);
    },
    stop: async () => {
      await client.close();
      await upstream.stop();
    },
  };
}
