import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
import{createRequire}from"node:module";function packageVersion(){return createRequire(import.meta.url)("../package.json").version}export{packageVersion};
//# sourceMappingURL=chunk-GPIT2FPM.js.map
