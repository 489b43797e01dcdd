import { FailureNotice } from "./failure-notice.js";
import { failureOf } from "./gateway-failure.js";

interface Props {
  /** What Apollo Client has in place of an account's data. */
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Says why there is nothing to show, and offers to try again where the gateway says that it may help. */
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
