/** `npm run bench` compares this gateway with its peers; the name of another measurement runs that one. */
const others = new Map([
  ["soak", "./soak/main.js"],
  ["live", "./live/main.js"],
]);
const other = others.get(process.argv[2]);
if (other !== undefined) process.argv.splice(2, 1);
await import(other ?? "./compare.js");
