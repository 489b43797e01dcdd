import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
import{isNativeError}from"node:util/types";var maxLength=200;function causeOf(error){return isNativeError(error)?"code"in error&&typeof error.code=="string"?error.code:error.message.slice(0,maxLength):"closed"}export{causeOf};
//# sourceMappingURL=chunk-2AS2IPET.js.map
