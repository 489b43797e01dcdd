import { Args, Ctx, Mutation, Resolver } from "type-graphql";

import { BatchInputError } from "../../status-reasons/index.js";
import type { AppliedItem, AttributeChange, BatchResult, ItemResult } from "../../status-reasons/index.js";
import type { GatewayContext } from "../context.js";
import { describeUpstreamError } from "../errors/index.js";
import { InputError } from "../validation/index.js";
import { changeOf, newReason } from "./input-values.js";
import {
  ApplyStatusReasonsArgs,
  DeleteStatusReasonsArgs,
  UpdateStatusReasonsArgs,
} from "./many-writes.args.js";
import { ApplyStatusReasonsPayload, StatusReasonWritesPayload } from "./many-writes.type.js";
import type { PlannedStatusReason, WriteError } from "./many-writes.type.js";

const oneByOne =
  "One upstream read, then one write after the other, each under the revision that the one before left behind. A write that " +
  "fails for its own sake leaves the others alone; a rate limit, the deadline or an unknown outcome ends the batch, and what " +
  "remains is NOT_TRIED. BAD_USER_INPUT before any write";

@Resolver()
export class ManyWritesResolver {
  @Mutation(() => StatusReasonWritesPayload, {
    nullable: true,
    description: `Changes several reasons, each by the rules of \`updateStatusReason\`. ${oneByOne} for ids that occur twice, are unknown or deleted.`,
  })
  async updateStatusReasons(
    @Args() { accountId, input }: UpdateStatusReasonsArgs,
    @Ctx() { writer }: GatewayContext,
  ): Promise<StatusReasonWritesPayload> {
    const items = input.items.map((item) => ({ id: item.id, change: changeOf(item) }));
    const ids = items.map(({ id }) => id);
    return writesPayload(ids, await inputChecked(writer.updateMany(accountId, items)));
  }

  @Mutation(() => StatusReasonWritesPayload, {
    nullable: true,
    description: `Deletes several reasons softly. ${oneByOne} for ids that occur twice or are unknown.`,
  })
  async deleteStatusReasons(
    @Args() { accountId, input: { ids } }: DeleteStatusReasonsArgs,
    @Ctx() { writer }: GatewayContext,
  ): Promise<StatusReasonWritesPayload> {
    return writesPayload(ids, await inputChecked(writer.deleteMany(accountId, ids)));
  }

  @Mutation(() => ApplyStatusReasonsPayload, {
    nullable: true,
    description:
      "Brings an account's reasons to a desired state: creates, changes and, with `deleteOthers`, deletes. Interrupted at any " +
      "point and sent again, it arrives. Texts that reasons exchange come out right. With `dryRun` nothing is written. " +
      "BAD_USER_INPUT before any write for what does not fit the account.",
  })
  async applyStatusReasons(
    @Args() { accountId, input, ifRevision }: ApplyStatusReasonsArgs,
    @Ctx() { writer }: GatewayContext,
  ): Promise<ApplyStatusReasonsPayload> {
    const reasons = input.reasons.map((reason) => ({ ...newReason(reason), id: reason.id }));
    const { deleteOthers, confirmDeleteAll, dryRun } = input;
    const desired = { reasons, deleteOthers, confirmDeleteAll, dryRun };
    const { value, revision } = await inputChecked(
      writer.applyDesiredState(accountId, desired, { ifRevision }),
    );
    return { plan: value.map(planned), revision };
  }
}

/** Names faults by their path from the field's arguments. */
async function inputChecked<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!(error instanceof BatchInputError)) throw error;
    throw new InputError(error.faults.map((fault) => ({ ...fault, path: `input.${fault.path}` })));
  }
}

function writesPayload(
  ids: readonly string[],
  { results, revision }: BatchResult,
): StatusReasonWritesPayload {
  return {
    results: results.map((result, index) => ({ id: ids[index] ?? "", ...shown(result) })),
    revision,
  };
}

function planned({ action, index, before, changes, result }: AppliedItem): PlannedStatusReason {
  return {
    action,
    index: index ?? null,
    before,
    changes: changes.map(changeShown),
    ...(result === undefined ? { outcome: null, statusReason: null, error: null } : shown(result)),
  };
}

function changeShown({ attribute, from, to }: AttributeChange): PlannedStatusReason["changes"][number] {
  const attributes = { text: "TEXT", state: "STATE", enabled: "ENABLED" } as const;
  return { attribute: attributes[attribute], from: String(from), to: String(to) };
}

function shown({ outcome, statusReason, error }: ItemResult) {
  return { outcome, statusReason, error: error === undefined ? null : writeError(error) };
}

function writeError(error: NonNullable<ItemResult["error"]>): WriteError {
  const { message, extensions } = describeUpstreamError(error);
  const { code, retryable, retryAfter, conflict } = extensions;
  return { code, message, retryable, retryAfter, conflict };
}
