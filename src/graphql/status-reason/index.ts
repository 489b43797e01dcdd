export { StatusReasonMutationResolver } from "./status-reason.mutation.resolver.js";
export { StatusReasonQueryResolver } from "./status-reason.query.resolver.js";
export { StatusReasonSubscriptionResolver } from "./status-reason.subscription.resolver.js";
export { resolveStatusReasonReference } from "./status-reason.reference.js";
export { StatusReason } from "./status-reason.type.js";
