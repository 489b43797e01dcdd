import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);
function pluginIsInternal(plugin){return"__internal_plugin_id__"in plugin}export{pluginIsInternal};
//# sourceMappingURL=chunk-FOFUGTPR.js.map
