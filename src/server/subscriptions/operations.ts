import type { ApolloServer } from "@apollo/server";
import { createSourceEventStream, getOperationAST, GraphQLError } from "graphql";
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from "graphql";

import type { AcceptedSubscription, GatewayContext, SubscriptionSlot } from "../../graphql/index.js";
import { boundedErrors, failureOf, formatError, isUnexpected } from "../../graphql/index.js";
import { AbortSource } from "../../lib/index.js";
import type {
  LoggedRequest,
  Logger,
  Metrics,
  OperationFailure,
  StreamTransport,
} from "../../observability/index.js";
import { countSubscription, describeFailure, requestIdsOf } from "../../observability/index.js";
import { CallCancelled } from "../../upstream/http/index.js";
import { failedAccountOf } from "../failed-account.js";
import { contextFor } from "../request-context.js";
import type { Caller, ContextParts } from "../request-context.js";
import { EventExecutions } from "./event-executions.js";
import { Payload } from "./payload.js";
import type { Results } from "./results.js";
import { Subscription } from "./subscription.js";

/** The GraphQL request of a client. */
export interface OperationRequest {
  /** Undefined where the extension `persistedQuery` has its hash. */
  readonly query: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Variables | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

type Variables = Readonly<Record<string, unknown>>;

/** Who sent an operation, and the transport of its results. */
export interface OperationOrigin {
  readonly caller: Caller;
  readonly transport: StreamTransport;
}

/** The parts that execute operations. */
export interface OperationParts extends ContextParts {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A subscription to start. */
export interface SubscriptionStart extends OperationOrigin {
  readonly accepted: AcceptedSubscription;
  readonly variables: Variables | undefined;
}

/** The inputs of a context. */
export interface ContextRequest {
  readonly caller: Caller;
  /** Aborted when the client no longer waits. */
  readonly left: AbortSource;
  readonly subscription: SubscriptionSlot;
}

/** Executes operations that arrive over the transports of subscriptions. */
export class Operations {
  readonly #executions = new EventExecutions();

  constructor(private readonly parts: OperationParts) {}

  /**
   * Executes a query or a mutation, or starts a subscription.
   *
   * @param left aborted when the client no longer waits
   * @returns an error result without `data` where nothing was executed
   */
  async run(
    request: OperationRequest,
    origin: OperationOrigin,
    left: AbortSource,
  ): Promise<FormattedExecutionResult | Results> {
    const subscription: SubscriptionSlot = { isReadOnly: false };
    const result = await this.inContext({ ...origin, left, subscription }, (context) =>
      this.#execute(request, context),
    );
    const { accepted } = subscription;
    return accepted === undefined
      ? result
      : this.start({ ...origin, accepted, variables: request.variables });
  }

  /** Calls `act` with a new context, whose deadline runs from now. The work counts as in flight until `act` settles. */
  async inContext<T>(
    { caller, left, subscription }: ContextRequest,
    act: (context: GatewayContext) => Promise<T>,
  ): Promise<T> {
    const { work } = this.parts;
    const open = work.open();
    const cancel = (): void => {
      open.abort(new CallCancelled());
    };
    left.addEventListener("abort", cancel);
    try {
      if (left.aborted) cancel();
      return await act(contextFor(this.parts, caller, open, { subscription }));
    } finally {
      left.removeEventListener("abort", cancel);
      work.end(open);
    }
  }

  start({ accepted, variables, caller, transport }: SubscriptionStart): Results {
    const { logger, metrics } = this.parts;
    const { source, operationName, summary } = accepted;
    const ended = new AbortSource();
    const context = contextFor(this.parts, caller, ended);
    const credential = this.parts.services.live.credentialKey(context.call);
    const key = this.#executions.keyOf({ credential, source, operationName, variables });
    const startMs = performance.now();
    metrics.streams.streamStarted(transport);
    let failure: OperationFailure | undefined;
    const fail = (errors: readonly unknown[], data: object): Payload => {
      failure = failureOf(errors);
      return new Payload({ ...data, errors: this.#describe(errors, caller) });
    };
    return new Subscription({
      open: async () => {
        const opened = await open(accepted, variables, context);
        return Symbol.asyncIterator in opened ? opened : fail(opened.errors ?? [], {});
      },
      execute: (event) =>
        this.#executions.payloadFor(asObject(event), key, () =>
          this.#executeFor(asObject(event), { query: source, operationName, variables }, caller),
        ),
      describe: (error) => fail([error], { data: null }),
      onFirst: ({ summary: { outcome, errorCodes } }) => {
        const first = { ...summary, outcome, errorCodes };
        countSubscription(metrics, first, performance.now() - startMs, outcome === "ok");
      },
      onEnd: (end, events) => {
        ended.abort(new CallCancelled());
        metrics.streams.streamEnded(transport);
        const { name: operation = null, hash } = summary;
        const durationMs = Math.round((performance.now() - startMs) * 10) / 10;
        const subscription = getOperationAST(accepted.document, operationName);
        const accountId = failure && failedAccountOf({ operation: subscription, variables }, failure.path);
        const why = describeFailure(failure, accountId);
        logger[failure?.level ?? "info"](
          { operation, hash, ...requestIdsOf(caller), durationMs, transport, events, end, ...why },
          "subscription ended",
        );
      },
    });
  }

  async #executeFor(event: object, request: OperationRequest, caller: Caller): Promise<Payload> {
    const { work } = this.parts;
    const open = work.open();
    try {
      return new Payload(await this.#execute(request, contextFor(this.parts, caller, open, { event })));
    } catch (error) {
      return new Payload({ data: null, errors: this.#describe([error], caller) });
    } finally {
      work.end(open);
    }
  }

  async #execute(
    { query, operationName, variables, extensions }: OperationRequest,
    contextValue: GatewayContext,
  ): Promise<FormattedExecutionResult> {
    const request = {
      ...(query !== undefined && { query }),
      ...(operationName != null && { operationName }),
      ...(variables != null && { variables }),
      ...(extensions != null && { extensions }),
    };
    const { body } = await this.parts.apollo.executeOperation(request, { contextValue });
    if (body.kind !== "single") throw new Error("an incremental result");
    return body.singleResult;
  }

  /** Formats errors as Apollo and the plugins do, and logs the unexpected ones. */
  #describe(errors: readonly unknown[], caller: LoggedRequest): readonly GraphQLFormattedError[] {
    const { requestId } = caller;
    for (const err of errors.filter(isUnexpected)) {
      this.parts.logger.error({ ...requestIdsOf(caller), err }, "unexpected error");
    }
    return boundedErrors(errors.map(formatted)).map((error) => ({
      ...error,
      extensions: { ...error.extensions, requestId },
    }));
  }
}

function open(
  { schema, document, operationName }: AcceptedSubscription,
  variableValues: Variables | undefined,
  contextValue: GatewayContext,
): Promise<AsyncIterable<unknown> | ExecutionResult> {
  return createSourceEventStream({ schema, document, operationName, variableValues, contextValue });
}

function formatted(error: unknown): GraphQLFormattedError {
  const plain = error instanceof GraphQLError ? error.toJSON() : { message: String(error) };
  return formatError(plain, error);
}

function asObject(event: unknown): object {
  if (typeof event === "object" && event !== null) return event;
  throw new Error("a source event that is no object");
}
