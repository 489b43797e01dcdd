import type { UpstreamError } from "../../upstream/http/index.js";

/** The statuses that the contract gives a meaning of its own at login. */
const meanings: Readonly<Record<number, string>> = {
  400: "the login service did not understand the request (400): check the account and the user name",
  401: "the user name or the password is wrong, or the user is none of this account (401)",
  451: "the user may not log in (451): ask the account's administrator to unlock it",
};

/** One line on why there is no token. */
export function explainLoginRefusal(error: UpstreamError): string {
  const { status, operation, fault, retryAfterSeconds } = error;
  if (operation.service === "domain" || status === undefined)
    return `${whereOf(operation.service)} ${reasonOf(error)}`;
  if (fault === "invalid-response") return `the login service's answer could not be understood (${status})`;
  if (status === 429)
    return `too many logins (429): try again in ${retryAfterSeconds ?? 0} seconds at the earliest`;
  return meanings[status] ?? `the login service failed (${status})`;
}

function whereOf(service: UpstreamError["operation"]["service"]): string {
  return service === "domain" ? "the login host could not be found:" : "the login service could not be used:";
}

function reasonOf({ explanation, fault, status }: UpstreamError): string {
  if (explanation !== undefined) return explanation.replace(/\.$/, "");
  return fault + (status === undefined ? "" : ` (${status})`);
}
