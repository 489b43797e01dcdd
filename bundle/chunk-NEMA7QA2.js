import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
import{createHash}from"./chunk-O2TTYVFZ.js";function computeCoreSchemaHash(schema){return createHash("sha256").update(schema).digest("hex")}export{computeCoreSchemaHash};
//# sourceMappingURL=chunk-NEMA7QA2.js.map
