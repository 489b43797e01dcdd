/**
 * @param {import("node:http").IncomingMessage} request
 * @returns {Promise<string>}
 */
export function readBody(request) {
  return new Promise((resolve, reject) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk) => (body += chunk));
    request.once("end", () => resolve(body));
    request.once("error", reject);
  });
}
