import type { Config } from "../../config/index.js";
import type { Logger, PrepareReport } from "../../observability/index.js";
import { boundedQueryTexts, noQueryTexts } from "../bounded-stores.js";
import type { SharedQueryTexts } from "../bounded-stores.js";
import { readTrustedDocuments } from "./read-trusted-documents.js";
import type { DocumentRules } from "./read-trusted-documents.js";
import { RequestedDocuments } from "./requested-documents.js";
import { TrustedDocuments } from "./trusted-documents.js";

/** The parts that documents are looked up with. */
export interface DocumentParts {
  readonly config: Pick<Config, "documents">;
  readonly logger: Logger;
  readonly prepareReport: PrepareReport;
  /** Texts of persisted queries that other copies have. */
  readonly sharedState: SharedQueryTexts;
  readonly rules: DocumentRules;
}

/** @throws ConfigError where the manifest of trusted documents cannot be used */
export function createDocuments(parts: DocumentParts): RequestedDocuments {
  const { logger, prepareReport, sharedState, rules } = parts;
  const { file, mode, allowsSdl } = parts.config.documents;
  const trusted = file === undefined ? new TrustedDocuments([]) : readTrustedDocuments(file, rules);
  if (file !== undefined) logger.info({ file, mode, documents: trusted.size }, "trusted documents");
  const queryTexts = mode === "only" ? noQueryTexts : boundedQueryTexts(sharedState);
  return new RequestedDocuments({ trusted, mode, allowsSdl, queryTexts, prepareReport });
}
