import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
var CommandProblem=class extends Error{constructor(){super(...arguments),this.name="CommandProblem"}},FileProblem=class extends CommandProblem{constructor(){super(...arguments),this.name="FileProblem"}};export{CommandProblem,FileProblem};
//# sourceMappingURL=chunk-AOZGS3MS.js.map
