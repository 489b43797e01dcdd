import { auditServer } from "graphql-http";

/** What the audit would also like, and CSRF prevention forbids; `docs/federation.md` says so too. */
export const declined = [
  "5A70 MAY accept application/x-www-form-urlencoded formatted GET requests",
  "D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json",
  "6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json",
];

/** The checks of the GraphQL-over-HTTP audit. */
export interface Audit {
  readonly total: number;
  /** The names of the checks that did not pass, with their ids. */
  readonly notOk: readonly string[];
  /** Those among them that are more than a notice: a MUST, or a SHOULD. */
  readonly failures: readonly string[];
}

/** Runs the GraphQL-over-HTTP audit against an endpoint. */
export async function audit(url: string): Promise<Audit> {
  const results = await auditServer({ url, fetchFn: fetch });
  const notOk = results.filter(({ status }) => status !== "ok");
  const nameOf = ({ id, name }: (typeof results)[number]): string => `${id} ${name}`;
  return {
    total: results.length,
    notOk: notOk.map(nameOf),
    failures: notOk.filter(({ status }) => status !== "notice").map(nameOf),
  };
}
