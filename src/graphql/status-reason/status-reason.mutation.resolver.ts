import { Args, Ctx, Mutation, Resolver } from "type-graphql";

import type { GatewayContext } from "../context.js";
import { changeOf, newReason } from "./input-values.js";
import {
  CreateStatusReasonArgs,
  CreateStatusReasonsArgs,
  DeleteStatusReasonArgs,
  UpdateStatusReasonArgs,
} from "./status-reason.args.js";
import { StatusReasonPayload, StatusReasonsPayload } from "./status-reason.type.js";

@Resolver()
export class StatusReasonMutationResolver {
  @Mutation(() => StatusReasonPayload, {
    nullable: true,
    description: "Creates a reason. CONFLICT of kind DUPLICATE_TEXT if another reason has its text.",
  })
  async createStatusReason(
    @Args() { accountId, input }: CreateStatusReasonArgs,
    @Ctx() { writer }: GatewayContext,
  ): Promise<StatusReasonPayload> {
    const { value, revision } = await writer.create(accountId, newReason(input));
    return { statusReason: value, revision };
  }

  @Mutation(() => StatusReasonsPayload, {
    nullable: true,
    description:
      "Creates several reasons in one upstream call, all or none. Returns them in the order of the input.",
  })
  async createStatusReasons(
    @Args() { accountId, input }: CreateStatusReasonsArgs,
    @Ctx() { writer }: GatewayContext,
  ): Promise<StatusReasonsPayload> {
    const { value, revision } = await writer.createMany(accountId, input.items.map(newReason));
    return { statusReasons: value, revision };
  }

  @Mutation(() => StatusReasonPayload, {
    nullable: true,
    description:
      "Changes a reason: fields that the input leaves out stay as they are. Without `ifRevision`, the write is retried " +
      "when others write at the same time, unless they changed the same fields; then it is a CONFLICT.",
  })
  async updateStatusReason(
    @Args() { accountId, id, input, ifRevision }: UpdateStatusReasonArgs,
    @Ctx() { writer }: GatewayContext,
  ): Promise<StatusReasonPayload> {
    const { value, revision } = await writer.update({ accountId, id, ifRevision }, changeOf(input));
    return { statusReason: value, revision };
  }

  @Mutation(() => StatusReasonPayload, {
    nullable: true,
    description:
      "Deletes a reason softly. Returns the reason as it was, with `deleted: true`. `ifRevision` as for an update.",
  })
  async deleteStatusReason(
    @Args() { accountId, id, ifRevision }: DeleteStatusReasonArgs,
    @Ctx() { writer }: GatewayContext,
  ): Promise<StatusReasonPayload> {
    const { value, revision } = await writer.delete({ accountId, id, ifRevision });
    return { statusReason: value, revision };
  }
}
