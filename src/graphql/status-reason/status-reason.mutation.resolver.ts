import { Args, Ctx, Mutation, Resolver } from "type-graphql";

import type { CallContext } from "../../upstream/http/index.js";
import type {
  NewStatusReason,
  Revised,
  StatusReasonApi,
  StatusReasonChange,
} from "../../upstream/api/index.js";
import {
  createStatusReason,
  createStatusReasons,
  deleteStatusReason,
  updateStatusReason,
} from "../../status-reasons/index.js";
import type { GatewayContext } from "../context.js";
import {
  CreateStatusReasonArgs,
  CreateStatusReasonsArgs,
  DeleteStatusReasonArgs,
  UpdateStatusReasonArgs,
} from "./status-reason.args.js";
import type { CreateStatusReasonInput, UpdateStatusReasonInput } from "./status-reason.input.js";
import { StatusReasonPayload, StatusReasonsPayload } from "./status-reason.type.js";

@Resolver()
export class StatusReasonMutationResolver {
  @Mutation(() => StatusReasonPayload, {
    description: "Creates a reason. CONFLICT with kind DUPLICATE_TEXT where its text is taken.",
  })
  async createStatusReason(
    @Args() { accountId, input }: CreateStatusReasonArgs,
    @Ctx() context: GatewayContext,
  ): Promise<StatusReasonPayload> {
    const { value, revision } = await write(context, (api, call) =>
      createStatusReason(api, call, accountId, newReason(input)),
    );
    return { statusReason: value, revision };
  }

  @Mutation(() => StatusReasonsPayload, {
    description: "Creates several reasons in one upstream call, all or none; results in the order given.",
  })
  async createStatusReasons(
    @Args() { accountId, input }: CreateStatusReasonsArgs,
    @Ctx() context: GatewayContext,
  ): Promise<StatusReasonsPayload> {
    const { value, revision } = await write(context, (api, call) =>
      createStatusReasons(api, call, accountId, input.items.map(newReason)),
    );
    return { statusReasons: value, revision };
  }

  @Mutation(() => StatusReasonPayload, {
    description:
      "Changes a reason: what the input leaves out stays as it is. Without `ifRevision` it is tried again when " +
      "others write at the same time, unless they changed the same fields. CONFLICT otherwise.",
  })
  async updateStatusReason(
    @Args() { accountId, id, input, ifRevision }: UpdateStatusReasonArgs,
    @Ctx() context: GatewayContext,
  ): Promise<StatusReasonPayload> {
    const { value, revision } = await write(context, (api, call) =>
      updateStatusReason(api, call, { accountId, id, ifRevision }, changeOf(input)),
    );
    return { statusReason: value, revision };
  }

  @Mutation(() => StatusReasonPayload, {
    description:
      "Deletes a reason, softly; answers with the reason as it was, and `deleted: true`. `ifRevision` as with " +
      "an update.",
  })
  async deleteStatusReason(
    @Args() { accountId, id, ifRevision }: DeleteStatusReasonArgs,
    @Ctx() context: GatewayContext,
  ): Promise<StatusReasonPayload> {
    const { value, revision } = await write(context, (api, call) =>
      deleteStatusReason(api, call, { accountId, id, ifRevision }),
    );
    return { statusReason: value, revision };
  }
}

/** Whatever a write comes to, what this request read before it may no longer be true. */
async function write<T>(
  { upstream, call, loaders }: GatewayContext,
  work: (api: StatusReasonApi, call: CallContext) => Promise<Revised<T>>,
): Promise<Revised<T>> {
  try {
    return await work(upstream.statusReasons, call);
  } finally {
    loaders.clearStatusReasons();
  }
}

function newReason({ text, state, enabled }: CreateStatusReasonInput): NewStatusReason {
  return { text: text.trim(), state, enabled };
}

function changeOf({ text, state, enabled }: UpdateStatusReasonInput): StatusReasonChange {
  return {
    ...(typeof text === "string" ? { text: text.trim() } : {}),
    ...(state ? { state } : {}),
    ...(typeof enabled === "boolean" ? { enabled } : {}),
  };
}
