import type { ReactNode } from "react";

import type { GatewayFailure } from "./gateway-failure.js";

interface Props {
  readonly failure: GatewayFailure;
  /** What to say where that which was asked for is not there. */
  readonly notFound?: string;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

const headlines: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "Your token has expired, or the gateway does not know it.",
  FORBIDDEN: "Your token does not allow this.",
  RATE_LIMITED: "Too many requests: wait a moment.",
};

/** Says what went wrong. */
export function FailureNotice({
  failure: { code, message, requestId },
  notFound = "It is not there any more: somebody else may have deleted it.",
  children,
}: Props) {
  return (
    <div className="notice error" role="alert">
      <p>{code === "NOT_FOUND" ? notFound : (headlines[code] ?? message)}</p>
      {requestId !== undefined && <p className="faint">Request {requestId}</p>}
      {children}
    </div>
  );
}
