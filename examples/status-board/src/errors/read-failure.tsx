import { FailureNotice } from "./failure-notice.js";
import { failureOf } from "./gateway-failure.js";

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
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </FailureNotice>
  );
}
