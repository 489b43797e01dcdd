import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { getEventListeners, once } from "node:events";

import { Agent, buildConnector } from "undici";

import { CallCancelled } from "../../../src/upstream/http/call-context.js";
import type { UpstreamResponse } from "../../../src/upstream/http/request.js";
import { sendRequest } from "../../../src/upstream/http/send-request.js";
import type { SendOptions } from "../../../src/upstream/http/send-request.js";
import { startScriptedUpstream } from "../../support/scripted-upstream.js";
import type { ScriptedExchange, ScriptedUpstream } from "../../support/scripted-upstream.js";

const reason = new CallCancelled();
const bodyChunkReceived = "undici:request:bodyChunkReceived";

describe("a complete response", () => {
  let upstream: ScriptedUpstream;
  let script: (exchange: ScriptedExchange) => void;
  let agent: Agent;
  let aborting: AbortController;
  beforeAll(async () => {
    upstream = await startScriptedUpstream((exchange) => {
      script(exchange);
    });
  });
  beforeEach(() => {
    aborting = new AbortController();
  });
  afterEach(async () => {
    expect(getEventListeners(aborting.signal, "abort")).toEqual([]);
    if (!agent.destroyed) await agent.close();
  });
  afterAll(() => upstream.stop());

  /** Asks an upstream that does what is said. */
  function ask(
    does: typeof script,
    options: Agent.Options = {},
    end: Partial<SendOptions> = {},
  ): Promise<UpstreamResponse> {
    script = does;
    agent = new Agent(options);
    const request = { origin: upstream.origin, method: "GET", path: "/" } as const;
    return sendRequest(agent, request, aborting.signal, {
      maxBodyBytes: 1000,
      errorOf: (failed) => Object.assign(new Error(), failed),
      ...end,
    });
  }

  it("is joined from chunks", async () => {
    const { status, headers, body } = await ask(({ response }) => {
      response.writeHead(201, { "x-note": "a" }).write("one, ", () => response.end("two"));
    });
    expect([status, headers["x-note"], body.text()]).toEqual([201, "a", "one, two"]);
  });

  it("may be of no bytes", async () => {
    const { status, body } = await ask(({ response }) => response.writeHead(204).end());
    expect([status, body.length]).toEqual([204, 0]);
  });

  it("is not the information that comes before it", async () => {
    const { status, headers } = await ask(({ response }) => {
      response.writeEarlyHints({ link: "</a>; rel=preload" }, () => response.writeHead(200).end());
    });
    expect([status, headers["link"]]).toEqual([200, undefined]);
  });

  it("is no larger than it may be", async () => {
    const answer = ask(({ response }) => response.end("x".repeat(1000)), { maxResponseSize: 999 });
    await expect(answer).rejects.toMatchObject({ cause: { code: "UND_ERR_RES_EXCEEDED_MAX_SIZE" } });
  });

  it("is not asked for by who has left already", async () => {
    const before = upstream.exchanges.length;
    aborting.abort(reason);
    await expect(ask(() => undefined)).rejects.toMatchObject({ cause: reason, isSent: false });
    expect(upstream.exchanges).toHaveLength(before);
  });

  it("is given up while a connection is made, on which nothing is sent then", async () => {
    const before = upstream.exchanges.length;
    const connector = buildConnector({});
    let goOn = (): void => undefined;
    const answer = ask(() => undefined, {
      connect: (options, callback) => {
        goOn = () => {
          connector(options, callback);
        };
        aborting.abort(reason);
      },
    });
    await expect(answer).rejects.toMatchObject({ cause: reason, isSent: false });
    goOn();
    await agent.close();
    expect(upstream.exchanges).toHaveLength(before);
  });

  it("is given up while it is waited for, and the connection with it", async () => {
    let closed: Promise<unknown> | undefined;
    const answer = ask(({ response }) => {
      closed = once(response, "close");
      aborting.abort(reason);
    });
    await expect(answer).rejects.toMatchObject({ cause: reason, isSent: true, status: undefined });
    await closed;
  });

  it("is given up when half of it has come", async () => {
    const abort = (): void => {
      aborting.abort(reason);
    };
    subscribe(bodyChunkReceived, abort);
    const answer = ask(({ response }) => response.writeHead(200).write("half"));
    await expect(answer).rejects.toMatchObject({ cause: reason, isSent: true, status: 200 });
    unsubscribe(bodyChunkReceived, abort);
  });

  it("that somebody makes a mistake about is none", async () => {
    const mistake = new Error("a mistake");
    const throws = (): never => {
      throw mistake;
    };
    const answer = ask(({ response }) => response.end(), {}, { onResponse: throws });
    await expect(answer).rejects.toBe(mistake);
    await agent.close();
    const broken = ask(({ response }) => response.destroy(), {}, { errorOf: throws });
    await expect(broken).rejects.toBe(mistake);
  });

  it("that breaks off is none", async () => {
    const answer = ask(({ response }) => {
      response.writeHead(503, { "content-length": "9" }).write("half", () => response.destroy());
    });
    await expect(answer).rejects.toMatchObject({ isSent: true, status: 503 });
  });
});
