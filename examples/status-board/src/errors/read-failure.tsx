import { FailureNotice } from "./failure-notice.js";
import { failureOf } from "./gateway-failure.js";
import { RetryButton } from "./retry-button.js";

interface Props {
  /** The error of Apollo Client. */
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Shows why a query failed, with a button to try again if the error is retryable. */
export function ReadFailure({ error, onRetry }: Props) {
  const failure = failureOf(error);
  return (
    <FailureNotice failure={failure} notFound="There is no such account.">
      {failure.isRetryable && (
        // Each failure counts down anew.
        <RetryButton key={failure.requestId} afterSeconds={failure.retryAfter ?? 0} onRetry={onRetry} />
      )}
    </FailureNotice>
  );
}
