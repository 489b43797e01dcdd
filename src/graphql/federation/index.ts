export { entitiesResolver } from "./entities.resolver.js";
