import type { Caller } from "../query-resolvers.js";

declare module "mercurius" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merged into Mercurius's own
  interface MercuriusContext extends Caller {}
}
