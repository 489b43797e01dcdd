import type { DocumentsConfig } from "../../config/index.js";
import type { ErrorCode } from "../../graphql/index.js";
import { isJsonObject, sha256Of } from "../../lib/index.js";
import { shortHash } from "../../observability/index.js";
import type { LoggedRequest, OperationSummary, PrepareReport } from "../../observability/index.js";
import type { QueryTexts } from "../bounded-stores.js";
import { documentNameIn } from "./asked-document.js";
import type { AskedDocument } from "./asked-document.js";
import type { TrustedDocuments } from "./trusted-documents.js";

/** A document that is not looked up, and why. */
export interface DocumentRefusal {
  readonly refusal: string;
  readonly code: ErrorCode;
}

/** What is found by ids, and what else may be sent. */
export interface DocumentSources extends Omit<DocumentsConfig, "file"> {
  readonly trusted: TrustedDocuments;
  /** The texts of automatic persisted queries. */
  readonly queryTexts: QueryTexts;
  readonly prepareReport: PrepareReport;
}

const notTrusted =
  "The gateway executes only documents that it knows, and this is none of them: send the id of one, or its exact text.";

/** The queries by which routers read the schema and check the health, in any spacing and of any name. */
const routerQuery = /^\s*(?:query\s*\w*\s*)?\{\s*(?:_service\s*\{\s*sdl\s*\}|__typename)\s*\}\s*$/;
const maxRouterQueryLength = 200;

/** Finds the document that a request means, before anything is parsed, in the same way for every transport. */
export class RequestedDocuments {
  constructor(private readonly sources: DocumentSources) {}

  /** The texts that Apollo looks up by their hashes. */
  get queryTexts(): QueryTexts {
    return this.sources.queryTexts;
  }

  /**
   * The request as Apollo takes it: with the text of a trusted document, or with the extension `persistedQuery`, whose hash
   * Apollo looks up. What else is wrong with it Apollo says.
   *
   * @returns the same object where nothing has to change
   */
  resolve(asked: AskedDocument, caller: LoggedRequest): AskedDocument | DocumentRefusal {
    const name = documentNameIn(asked, this.#isTrusted);
    if (name === undefined) return asked;
    if ("problem" in name) return { refusal: name.problem, code: "BAD_REQUEST" };
    const { text, id } = name;
    if (text !== undefined && !this.#allows(text)) return this.#refuse(text, caller);
    if (id === undefined) return asked;
    const trusted = text === undefined ? this.sources.trusted.textOf(id) : undefined;
    return trusted === undefined ? askedByHash(asked, text, id) : askedByText(asked, trusted);
  }

  /** @returns the text, where it is at hand and nothing has to be registered, refused or waited for */
  textOf(asked: AskedDocument): string | undefined {
    const name = documentNameIn(asked, this.#isTrusted);
    if (name === undefined || "problem" in name) return undefined;
    const { text, id } = name;
    if (text !== undefined) return id === undefined && this.#allows(text) ? text : undefined;
    if (id === undefined) return undefined;
    return this.sources.trusted.textOf(id) ?? this.sources.queryTexts.known(id);
  }

  readonly #isTrusted = (id: string): boolean => this.sources.trusted.textOf(id) !== undefined;

  #allows(text: string): boolean {
    const { mode, allowsSdl, trusted } = this.sources;
    return mode === "allow" || trusted.has(text) || (allowsSdl && isRouterQuery(text));
  }

  #refuse(text: string, caller: LoggedRequest): DocumentRefusal {
    const code = "DOCUMENT_NOT_TRUSTED";
    const hash = sha256Of(text);
    const report = this.sources.prepareReport(refusedOperation(hash, code));
    report({ call: caller, startMs: performance.now() });
    return { refusal: notTrusted, code };
  }
}

function askedByText({ extensions }: AskedDocument, query: string): AskedDocument {
  if (!isJsonObject(extensions)) return { query };
  const others = Object.entries(extensions).filter(([name]) => name !== "persistedQuery");
  return { query, extensions: Object.fromEntries(others) };
}

function askedByHash({ extensions }: AskedDocument, query: string | undefined, id: string): AskedDocument {
  const persistedQuery = { version: 1, sha256Hash: id };
  const given = isJsonObject(extensions) ? extensions : {};
  return { ...(query !== undefined && { query }), extensions: { ...given, persistedQuery } };
}

function isRouterQuery(text: string): boolean {
  return text.length <= maxRouterQueryLength && routerQuery.test(text);
}

function refusedOperation(hash: string, code: ErrorCode): OperationSummary {
  return { name: undefined, hash: shortHash(hash), type: "unknown", outcome: "refused", errorCodes: [code] };
}
