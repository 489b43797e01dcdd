import { useState } from "react";

import { defaultLimits } from "./limits.js";
import type { Limits } from "./limits.js";

/**
 * The limits of an account, and how to change them. The API has no such thing, so they are kept in this browser.
 */
export function useLimits(accountId: string): readonly [Limits, (limits: Limits) => void] {
  const key = `status-board.limits.${accountId}`;
  const [limits, setLimits] = useState(() => load(key));
  const save = (next: Limits) => {
    localStorage.setItem(key, JSON.stringify(next));
    setLimits(next);
  };
  return [limits, save];
}

function load(key: string): Limits {
  const saved = localStorage.getItem(key);
  return saved === null ? defaultLimits : { ...defaultLimits, ...(JSON.parse(saved) as Partial<Limits>) };
}
