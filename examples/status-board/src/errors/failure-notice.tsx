import type { GatewayFailure } from "./gateway-failure.js";

interface Props {
  readonly failure: GatewayFailure;
  /** Offered where trying again may help. */
  readonly onRetry?: () => void;
}

const headlines: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "Your token has expired, or the gateway does not know it.",
  FORBIDDEN: "Your token does not allow this.",
  NOT_FOUND: "It is not there any more: somebody else may have deleted it.",
  RATE_LIMITED: "Too many requests: wait a moment.",
};

/** Says what went wrong, and offers to try again. */
export function FailureNotice({ failure, onRetry }: Props) {
  return (
    <div className="notice error" role="alert">
      <p>{headlines[failure.code] ?? failure.message}</p>
      {failure.requestId !== undefined && <p className="faint">Request {failure.requestId}</p>}
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
