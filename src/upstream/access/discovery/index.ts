export { DiscoveredDirectory } from "./discovered-directory.js";
export { DomainApi } from "./domain.api.js";
