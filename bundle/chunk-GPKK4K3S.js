import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
var revisionHeaders=["ac-revision","etag"];export{revisionHeaders};
//# sourceMappingURL=chunk-GPKK4K3S.js.map
