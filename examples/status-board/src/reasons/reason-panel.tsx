import { useQuery } from "@apollo/client/react";
import { use, useState } from "react";
import { Button } from "react-aria-components";

import type { BoardAgent } from "../agents/board-agent.js";
import { FailureNotice } from "../errors/failure-notice.js";
import { ReadFailure } from "../errors/read-failure.js";
import { WriteAccessContext } from "../errors/write-access.js";
import type { StatusReasonFilter } from "../gql/graphql.js";
import { ReasonsDocument } from "../gql/graphql.js";
import type { Limits } from "../limits/limits.js";
import { BulkActions } from "./bulk-actions.js";
import { ReasonDialogs } from "./reason-dialogs.js";
import type { OpenDialog } from "./reason-dialogs.js";
import { ReasonFiles } from "./reason-files.js";
import { ReasonFilterForm } from "./reason-filter-form.js";
import { ReasonList } from "./reason-list.js";
import type { ReasonAction } from "./reason-menu.js";
import type { ListedReason } from "./reason-row.js";
import { useReasonUsages } from "./use-reason-usages.js";
import { useToggleReason } from "./use-toggle-reason.js";

interface Props {
  readonly accountId: string;
  /** undefined while they are not known. */
  readonly agents: readonly BoardAgent[] | undefined;
  readonly limits: Limits;
  readonly onLimits: (limits: Limits) => void;
}

/** An account's reasons: a filtered list, what each is used for, and dialogs to create, edit and delete. */
export function ReasonPanel({ accountId, agents, limits, onLimits }: Props) {
  const [filter, setFilter] = useState<StatusReasonFilter>({});
  const [done, setDone] = useState("");
  const [dialog, setDialog] = useState<OpenDialog>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { canWrite } = use(WriteAccessContext);
  const { data, previousData, error, refetch } = useQuery(ReasonsDocument, {
    variables: { accountId, filter },
  });
  const usages = useReasonUsages(accountId);
  const { toggle, failure } = useToggleReason(setDone);
  const reasons = (data ?? previousData)?.statusReasons;
  const listed = (reasons?.nodes ?? []).map((reason) => ({
    reason,
    agentCount: agents?.filter((agent) => agent.reason?.id === reason.id).length,
    usage: usages.usageOf(reason.id),
    limit: limits.byReason[reason.id],
  }));
  const act = (action: ReasonAction, chosen: ListedReason) => {
    if (action === "toggle") void toggle(chosen.reason);
    else setDialog({ kind: action, listed: chosen });
  };
  const selectedHere = listed.map(({ reason }) => reason.id).filter((id) => selected.has(id));
  return (
    <>
      {!canWrite && <p className="notice">Your token may read reasons, and not change them.</p>}
      <div className="actions">
        {canWrite && (
          <Button
            className="button primary"
            onPress={() => {
              setDialog({ kind: "create" });
            }}
          >
            New reason
          </Button>
        )}
        <ReasonFiles accountId={accountId} canWrite={canWrite} onDone={setDone} />
      </div>
      <ReasonFilterForm onFilter={setFilter} />
      <p className="done" role="status">
        {done}
      </p>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {error !== undefined && <ReadFailure error={error} onRetry={() => void refetch()} />}
      {usages.error !== undefined && error === undefined && (
        <ReadFailure error={usages.error} onRetry={usages.retry} />
      )}
      {canWrite && selectedHere.length > 0 && (
        <BulkActions
          accountId={accountId}
          ids={selectedHere}
          onDone={(message, remaining) => {
            setDone(message);
            setSelected(new Set(remaining));
          }}
        />
      )}
      <p className="note" role="status">
        {error === undefined && listNote(reasons?.totalCount, filter)}
      </p>
      {listed.length > 0 && (
        <ReasonList
          reasons={listed}
          canWrite={canWrite}
          selected={selected}
          onSelect={setSelected}
          onAction={act}
        />
      )}
      <ReasonDialogs
        accountId={accountId}
        dialog={dialog}
        revision={reasons?.revision ?? null}
        limits={limits}
        onLimits={onLimits}
        onClose={(message) => {
          setDialog(undefined);
          setDone(message);
        }}
      />
    </>
  );
}

/** The note while reasons are loading, or if there are none. */
function listNote(count: number | undefined, filter: StatusReasonFilter): string {
  if (count === undefined) return "Loading reasons…";
  if (count > 0) return "";
  const isFiltered = Object.keys(filter).length > 0;
  return isFiltered ? "No reason matches the filter." : "This account has no reasons yet.";
}
