import { useState } from "react";
import { Button } from "react-aria-components";

import { AgentDrawer } from "../agents/agent-drawer.js";
import { AgentPanel } from "../agents/agent-panel.js";
import { useBoardAgents } from "../agents/use-board-agents.js";
import { Drawer } from "../controls/drawer.js";
import { useLimits } from "../limits/use-limits.js";
import { FreshnessSign } from "../live/freshness-sign.js";
import { latestObservation } from "../live/latest-observation.js";
import { useLiveAgents } from "../live/use-live-agents.js";
import { ReasonPanel } from "../reasons/reason-panel.js";
import { GatewayClock } from "../time/gateway-clock.js";
import { UsagePanel } from "../usage/usage-panel.js";
import { useWall } from "../wall/use-wall.js";
import { Wall } from "../wall/wall.js";

interface Props {
  readonly accountId: string;
  readonly onDisconnect: () => void;
}

/** The page: agents first, and reasons in a drawer. */
export function BoardPage({ accountId, onDisconnect }: Props) {
  const live = useLiveAgents(accountId);
  const [limits, setLimits] = useLimits(accountId);
  const agents = useBoardAgents(live.agents ?? noAgents, limits);
  const [areReasonsOpen, setReasonsOpen] = useState(false);
  const wall = useWall();
  const observedAtMs = latestObservation(live.agents ?? noAgents);
  if (wall.isOn) {
    return (
      <GatewayClock observedAtMs={observedAtMs}>
        <Wall agents={agents} freshness={live.freshness} onLeave={wall.leave} />
      </GatewayClock>
    );
  }
  return (
    <GatewayClock observedAtMs={observedAtMs}>
      <header className="page-header">
        <div className="page-title">
          <h1>Status board</h1>
          <p className="faint">Account {accountId}</p>
        </div>
        <FreshnessSign freshness={live.freshness} />
        <div className="actions">
          <Button
            className="button"
            onPress={() => {
              setReasonsOpen(true);
            }}
          >
            Reasons
          </Button>
          <Button className="button" onPress={wall.enter}>
            Wall
          </Button>
          <Button className="button" onPress={onDisconnect}>
            Disconnect
          </Button>
        </div>
      </header>
      <main className="board">
        <AgentPanel live={live} agents={agents} />
        {/* One failure is told once. */}
        {(live.agents !== undefined || live.error === undefined) && <UsagePanel accountId={accountId} />}
      </main>
      <AgentDrawer accountId={accountId} agents={agents} />
      <Drawer
        title="Reasons"
        isOpen={areReasonsOpen}
        onClose={() => {
          setReasonsOpen(false);
        }}
      >
        <ReasonPanel
          accountId={accountId}
          agents={live.agents && agents}
          limits={limits}
          onLimits={setLimits}
        />
      </Drawer>
    </GatewayClock>
  );
}

const noAgents = [] as const;
