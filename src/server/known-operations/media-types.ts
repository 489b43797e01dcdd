import { LRUCache } from "lru-cache";

/** Clients have a handful between them. */
const maxAcceptHeaders = 100;

const maxAcceptLength = 256;

/** The content type of an answer by the request's Accept header, learned from how Apollo negotiates. */
export class MediaTypes {
  readonly #contentTypes = new LRUCache<string, string>({ max: maxAcceptHeaders });

  find(accept: string | undefined): string | undefined {
    return this.#contentTypes.get(accept ?? "");
  }

  learn(accept: string | undefined, contentType: unknown): void {
    if (typeof contentType !== "string" || (accept?.length ?? 0) > maxAcceptLength) return;
    this.#contentTypes.set(accept ?? "", contentType);
  }
}
