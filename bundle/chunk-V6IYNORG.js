import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
var UnreachableCaseError=class extends Error{constructor(val){super(`Unreachable case: ${val}`)}};export{UnreachableCaseError};
//# sourceMappingURL=chunk-V6IYNORG.js.map
