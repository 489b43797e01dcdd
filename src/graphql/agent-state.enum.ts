import { registerEnumType } from "type-graphql";

import { AgentState } from "../upstream/api/index.js";

export { AgentState };

registerEnumType(AgentState, {
  name: "AgentState",
  description: "What an agent is, or what a reason is for.",
  valuesConfig: {
    ONLINE: { description: "Taking conversations." },
    OCCUPIED: { description: "Logged in and fully taken up." },
    AWAY: { description: "Logged in, not taking conversations." },
    BACK_SOON: { description: "Logged in, away for a short while." },
    OFFLINE: { description: "Logged out. No reason is for this state." },
    UNKNOWN: {
      description: "The upstream sent a value that this schema does not know yet; never accepted as input.",
    },
  },
});
