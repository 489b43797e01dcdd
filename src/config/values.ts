import { z } from "zod";

/** A whole number from `min` to `max`, in decimal. */
export function integer(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** `true` or `false`. */
export const flag = z.enum(["true", "false"], "must be true or false").transform((word) => word === "true");
