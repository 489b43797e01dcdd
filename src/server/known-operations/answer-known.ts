import type { FastifyReply, FastifyRequest } from "fastify";

import type { QueryLimits } from "../../config.js";
import type { GatewayContext } from "../../graphql/context.js";
import { enforceLimits } from "../../graphql/limits/operation-limits.js";
import type { ReportOperation } from "../operation-report.js";
import type { KnownOperation, KnownOperations } from "./known-operations.js";
import { bodyOf } from "./large-body.js";
import { MediaTypes } from "./media-types.js";
import { readOperationRequest } from "./operation-request.js";
import type { OperationRequest } from "./operation-request.js";

/** What answers known operations. */
export interface KnownParts {
  readonly known: KnownOperations;
  readonly limits: QueryLimits;
  readonly report: ReportOperation;
}

/** Answers requests whose operation is known, without Apollo. */
export class KnownAnswers {
  readonly #mediaTypes = new MediaTypes();

  constructor(private readonly parts: KnownParts) {}

  /**
   * Answers, if the operation is known and all goes well: errors of any kind are for Apollo and graphql-js to
   * tell, which then answer with the same context.
   *
   * @returns the body; undefined where there is no answer
   */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    context: GatewayContext,
  ): Promise<string | Buffer | undefined> {
    const contentType = this.#mediaTypes.find(request.headers.accept);
    const asked = request.method === "POST" ? readOperationRequest(request.body) : undefined;
    if (asked === undefined || contentType === undefined) return undefined;
    const operation = this.parts.known.find(asked);
    if (operation === undefined || !this.#isWithinLimits(operation, asked)) return undefined;
    const text = await operation.run(asked.variables, context);
    if (text === undefined) return undefined;
    this.parts.report(operation.summary, context);
    void reply.header("content-type", contentType);
    return bodyOf(text);
  }

  /** Notes how Apollo answered a request. */
  learn(request: FastifyRequest, reply: FastifyReply): void {
    if (request.method !== "POST" || reply.statusCode !== 200) return;
    this.#mediaTypes.learn(request.headers.accept, reply.getHeader("content-type"));
  }

  /** What an operation costs depends on the variables. */
  #isWithinLimits({ schema, document, operation }: KnownOperation, { variables }: OperationRequest): boolean {
    try {
      enforceLimits({ schema, document, operation, variables }, this.parts.limits);
      return true;
    } catch {
      return false;
    }
  }
}
