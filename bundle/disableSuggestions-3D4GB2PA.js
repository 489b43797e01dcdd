import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
import"./chunk-FOFUGTPR.js";import"./chunk-4FNC3JS6.js";function ApolloServerPluginDisableSuggestions(){return{__internal_plugin_id__:"DisableSuggestions",__is_disabled_plugin__:!1,async requestDidStart(){return{async validationDidStart(){return async validationErrors=>{validationErrors?.forEach(error=>{error.message=error.message.replace(/ ?Did you mean(.+?)\?$/,"")})}}}}}}export{ApolloServerPluginDisableSuggestions};
//# sourceMappingURL=disableSuggestions-3D4GB2PA.js.map
