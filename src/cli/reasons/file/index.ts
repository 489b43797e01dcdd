export { fileProblem, formatOfName, isWritable, readReasonFile, writeReasonFile } from "./reason-file.js";
export type { ReasonFile, WriteOptions } from "./reason-file.js";
export type { FileIssue } from "./source.js";
