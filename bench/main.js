/** `npm run bench` compares this gateway with its peers; `npm run bench -- soak` watches its memory. */
const isSoak = process.argv[2] === "soak";
if (isSoak) process.argv.splice(2, 1);
await import(isSoak ? "./soak/main.js" : "./compare.js");
