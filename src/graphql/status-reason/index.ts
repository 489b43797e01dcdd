export { ManyWritesResolver } from "./many-writes.mutation.resolver.js";
export { StatusReasonMutationResolver } from "./status-reason.mutation.resolver.js";
export { StatusReasonQueryResolver, resolveStatusReasonReference } from "./status-reason.query.resolver.js";
export { StatusReasonSubscriptionResolver } from "./status-reason.subscription.resolver.js";
export { StatusReason } from "./status-reason.type.js";
