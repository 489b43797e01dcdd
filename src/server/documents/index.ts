export type { AskedDocument } from "./asked-document.js";
export { createDocuments } from "./create-documents.js";
export { refusesDocument } from "./http-document.js";
export type { DocumentRules } from "./read-trusted-documents.js";
export type { RequestedDocuments } from "./requested-documents.js";
