import type { FastifyInstance } from "fastify";

import type { BaseUriWire, ServiceName } from "../../wire/index.js";

import { serviceNames } from "../data/index.js";
import type { Account } from "../data/index.js";
import type { EmulatorContext } from "../state.js";
import { sendJson } from "../http.js";
import type { AccountParams } from "../http.js";
import { Problem } from "../problem.js";

interface ServiceParams {
  Params: { accountId: string; service: string };
}

/**
 * The Domain API: the host of each service of an account. Needs no authentication. Every service is on this emulator
 * unless it is moved.
 */
export function domainRoutes(app: FastifyInstance, { state }: EmulatorContext): void {
  app.get<ServiceParams>("/api/account/:accountId/service/:service/baseURI.json", (request, reply) => {
    const account = state.accounts.get(request.params.accountId);
    const service = serviceNames.find((name) => name === request.params.service);
    if (account === undefined || service === undefined) throw unknown();
    return sendJson(reply, 200, baseUri(account, service, request.host));
  });

  app.get<AccountParams>("/api/account/:accountId/service/baseURI.json", (request, reply) => {
    const account = state.accounts.get(request.params.accountId);
    if (account === undefined) throw unknown();
    const baseURIs = serviceNames.map((service) => baseUri(account, service, request.host));
    return sendJson(reply, 200, { baseURIs });
  });

  const unknown = (): Problem =>
    new Problem(state.edition.unknownServiceStatus, "The account or service was not found.");
}

function baseUri(account: Account, service: ServiceName, host: string): BaseUriWire {
  return { service, account: account.id, baseURI: account.movedTo(service) ?? host };
}
