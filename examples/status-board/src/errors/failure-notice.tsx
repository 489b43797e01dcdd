import type { ReactNode } from "react";

import type { GatewayFailure } from "./gateway-failure.js";

interface Props {
  readonly failure: GatewayFailure;
  /** The text for the code `NOT_FOUND`. */
  readonly notFound?: string;
  /** Actions, such as a button to try again. */
  readonly children?: ReactNode;
}

const headlines: Readonly<Record<string, string>> = {
  FORBIDDEN: "Your token does not allow this.",
  RATE_LIMITED: "Too many requests.",
};

/** Shows why an operation failed. */
export function FailureNotice({
  failure: { code, message, requestId },
  notFound = "It no longer exists. Somebody else may have deleted it.",
  children,
}: Props) {
  // The page asks for a new token in a dialog.
  if (code === "UNAUTHENTICATED") return null;
  return (
    <div className="notice error" role="alert">
      <p>{code === "NOT_FOUND" ? notFound : (headlines[code] ?? message)}</p>
      {requestId !== undefined && <p className="faint">Request {requestId}</p>}
      {children}
    </div>
  );
}
