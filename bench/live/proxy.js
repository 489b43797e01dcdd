import { join } from "node:path";

/** @type {import("./measure.js").LiveSystem} */
export const proxy = { name: "proxy", program: { script: join(import.meta.dirname, "proxy/main.js") } };
