import { useQuery } from "@apollo/client/react";
import { useRef, useState } from "react";

import { ReadFailure } from "../errors/read-failure.js";
import type { StatusReasonFilter } from "../gql/graphql.js";
import { ReasonsDocument } from "../gql/graphql.js";
import { CreateReason } from "./create-reason.js";
import { ReasonFilterForm } from "./reason-filter-form.js";
import { ReasonList } from "./reason-list.js";

/** An account's reasons: listed by a filter, created, changed and deleted. */
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
        {error === undefined && noteOn(reasons?.totalCount, filter)}
      </p>
      {reasons !== undefined && (
        <ReasonList
          reasons={reasons.nodes}
          revision={reasons.revision}
          onDone={setDone}
          onDeleted={announceDeletion}
        />
      )}
    </section>
  );
}

/** What there is to say where no reason is listed. */
function noteOn(count: number | undefined, filter: StatusReasonFilter): string {
  if (count === undefined) return "Loading reasons…";
  if (count > 0) return "";
  const isFiltered = Object.keys(filter).length > 0;
  return isFiltered ? "There is no such reason." : "This account has no reasons yet.";
}
