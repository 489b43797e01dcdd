import { useQuery } from "@apollo/client/react";
import { useRef, useState } from "react";

import { ReadFailure } from "../errors/read-failure.js";
import type { StatusReasonFilter } from "../gql/graphql.js";
import { ReasonsDocument } from "../gql/graphql.js";
import { CreateReason } from "./create-reason.js";
import { ReasonFilterForm } from "./reason-filter-form.js";
import { ReasonList } from "./reason-list.js";

/** An account's reasons: a filtered list with forms to create and edit. */
export function ReasonPanel({ accountId }: { readonly accountId: string }) {
  const [filter, setFilter] = useState<StatusReasonFilter>({});
  const [done, setDone] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, previousData, error, refetch } = useQuery(ReasonsDocument, {
    variables: { accountId, filter },
  });
  const reasons = (data ?? previousData)?.statusReasons;
  const announceDeletion = (message: string) => {
    setDone(message);
    // The button that had the focus is gone.
    heading.current?.focus();
  };
  return (
    <section className="panel" aria-labelledby="reasons">
      <h2 id="reasons" ref={heading} tabIndex={-1}>
        Reasons {reasons !== undefined && <span className="count">{reasons.totalCount}</span>}
      </h2>
      <CreateReason accountId={accountId} onDone={setDone} />
      <ReasonFilterForm onFilter={setFilter} />
      <p role="status">{done}</p>
      {error !== undefined && <ReadFailure error={error} onRetry={() => void refetch()} />}
      <p className="note" role="status">
        {error === undefined && listNote(reasons?.totalCount, filter)}
      </p>
      {reasons !== undefined && (
        <ReasonList
          accountId={accountId}
          reasons={reasons.nodes}
          revision={reasons.revision}
          onDone={setDone}
          onDeleted={announceDeletion}
        />
      )}
    </section>
  );
}

/** The note while reasons are loading, or if there are none. */
function listNote(count: number | undefined, filter: StatusReasonFilter): string {
  if (count === undefined) return "Loading reasons…";
  if (count > 0) return "";
  const isFiltered = Object.keys(filter).length > 0;
  return isFiltered ? "No reason matches the filter." : "This account has no reasons yet.";
}
