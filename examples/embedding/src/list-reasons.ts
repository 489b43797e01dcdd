import { print } from "graphql";
import { StatusReasonsDocument } from "status-reason-gateway/operations";
import type { StatusReasonsQuery, StatusReasonsQueryVariables } from "status-reason-gateway/operations";

type Answer = { data?: StatusReasonsQuery; errors?: { message: string }[] };

/** An account's reasons, by a published operation: what comes back has its type. */
export async function listReasons(
  url: string,
  token: string,
  variables: StatusReasonsQueryVariables,
): Promise<StatusReasonsQuery["statusReasons"]> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: print(StatusReasonsDocument), variables }),
  });
  const { data, errors } = (await response.json()) as Answer;
  if (data === undefined || errors !== undefined) throw new Error(errors?.[0]?.message ?? "no answer");
  return data.statusReasons;
}
