import { z } from "zod";

import { flag, oneOf, text } from "./setting-types.js";

/** Which documents are executed, and by which ids; docs/persisted-documents.md has the reasons. */
export type DocumentsConfig = Readonly<z.output<typeof documents>>;

export const documents = z
  .object({
    file: text("a path").optional().meta({
      name: "TRUSTED_DOCUMENTS",
      whenUnset: "none",
      description:
        "The manifest of the documents that clients may ask for by their ids: in Apollo's format or that of GraphQL Code Generator. It is read when the gateway starts.",
    }),
    mode: oneOf(["allow", "only"]).default("allow").meta({
      name: "TRUSTED_DOCUMENTS_MODE",
      description: "`only` refuses every document that the manifest does not have, before it is parsed.",
    }),
    allowsSdl: flag.default(false).meta({
      name: "TRUSTED_DOCUMENTS_SDL",
      description:
        "Whether `only` lets routers read the schema by `{ _service { sdl } }` and check the health by `{ __typename }`.",
    }),
  })
  .meta({ title: "Persisted documents" });

/** @returns one line for each problem */
export function documentProblems({ file, mode }: DocumentsConfig): string[] {
  if (mode === "allow" || file !== undefined) return [];
  return ["TRUSTED_DOCUMENTS: must be set when TRUSTED_DOCUMENTS_MODE=only"];
}
