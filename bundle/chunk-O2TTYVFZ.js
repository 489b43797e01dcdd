import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
import{createHash}from"node:crypto";var packageVersion="5.5.1";export{createHash,packageVersion};
//# sourceMappingURL=chunk-O2TTYVFZ.js.map
