import { useMemo, useSyncExternalStore } from "react";

const changed = "status-board:url";

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(changed, listener);
  };
}

type Change = (params: URLSearchParams) => void;

/**
 * The parameters of the page's URL, and how to change them: what a person sees can be bookmarked and sent to others.
 * A change replaces the history's entry, so that "back" leaves the board.
 */
export function useSearchParams(): readonly [URLSearchParams, (change: Change) => void] {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const params = useMemo(() => new URLSearchParams(search), [search]);
  return [params, changeSearchParams];
}

function changeSearchParams(change: Change): void {
  const url = new URL(window.location.href);
  change(url.searchParams);
  window.history.replaceState(null, "", url);
  window.dispatchEvent(new Event(changed));
}
