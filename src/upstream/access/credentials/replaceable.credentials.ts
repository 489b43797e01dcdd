import type { Credentials } from "../../http/index.js";

/** Credentials of the same kind that are replaced while calls are under way. */
export interface ReplaceableCredentials {
  readonly credentials: Credentials;
  /** From now on `next` is used: also to renew what the upstream refuses of the former. */
  replace(next: Credentials): void;
}

export function replaceableCredentials(first: Credentials): ReplaceableCredentials {
  let current = first;
  const { isOwn, refusal } = first;
  const credentials: Credentials = {
    isOwn,
    ...(refusal !== undefined && { refusal }),
    checkCaller: (call, operation) => {
      current.checkCaller(call, operation);
    },
    checkAccess: (call, operation) => {
      current.checkAccess(call, operation);
    },
    authorize: (call, request) => current.authorize(call, request),
    ...(first.renew !== undefined && {
      renew: async (call, request, refused) =>
        current.renew === undefined
          ? current.authorize(call, request)
          : current.renew(call, request, refused),
    }),
  };
  return {
    credentials,
    replace: (next) => {
      current = next;
    },
  };
}
