// A small static server: what any web host does with dist/, and nothing it might not do.
//
// No compression, no fallback page, and, except where a caller asks for them, no headers that a course's own
// server would not send: what works here works on a plain host. `./build.sh serve` starts it, and the browser tests use it to serve the
// page from a folder deep inside another site.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  // Sent as plain bytes: the page unpacks the shards itself.
  ".gz": "application/octet-stream",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * The longest prefix first, so that a site can hold the page in one of its folders.
 *
 * @param {Record<string, unknown>} prefixes
 * @param {string} pathname
 */
function prefixOf(prefixes, pathname) {
  return Object.keys(prefixes)
    .sort((a, b) => b.length - a.length)
    .find((candidate) => pathname.startsWith(candidate));
}

/**
 * The file that a request path stands for, or null where there is none.
 *
 * @param {Record<string, string>} mounts
 * @param {string} pathname
 */
async function resolve(mounts, pathname) {
  const prefix = prefixOf(mounts, pathname);
  if (prefix === undefined) return null;
  const root = path.resolve(mounts[prefix] ?? "");
  const wanted = pathname.slice(prefix.length);
  const file = path.join(root, wanted, wanted === "" || wanted.endsWith("/") ? "index.html" : "");
  if (!file.startsWith(root + path.sep) || file.includes("\0")) return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { file, bytes: found.size } : null;
}

/**
 * @param {Record<string, string>} mounts
 * @param {HeadersByPrefix} headers
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function answer(mounts, headers, request, response) {
  /** @type {(status: number, text: string) => void} */
  const refuse = (status, text) =>
    void response.writeHead(status, { "Content-Type": TYPES[".txt"] }).end(text + "\n");
  if (request.method !== "GET" && request.method !== "HEAD")
    return refuse(405, "Only GET and HEAD.");
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
  } catch {
    return refuse(400, "This address cannot be read.");
  }
  const found = await resolve(mounts, pathname);
  if (!found) return refuse(404, `There is nothing at ${pathname}.`);
  response.writeHead(200, {
    "Content-Type": TYPES[path.extname(found.file)] ?? "application/octet-stream",
    "Content-Length": found.bytes,
    "Cache-Control": "no-cache",
    ...headers[prefixOf(headers, pathname) ?? ""],
  });
  if (request.method === "HEAD") return void response.end();
  createReadStream(found.file)
    .on("error", () => response.destroy())
    .pipe(response);
}

/**
 * Headers by address prefix, for what only a special server would send.
 *
 * @typedef {Record<string, Record<string, string>>} HeadersByPrefix
 */

/**
 * Serves folders on localhost.
 *
 * @param {Record<string, string>} mounts address prefix, ending in a slash, to folder
 * @param {number} [port] 0 takes any free one
 * @param {HeadersByPrefix} [headers]
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serve(mounts, port = 0, headers = {}) {
  const server = createServer(
    (request, response) => void answer(mounts, headers, request, response),
  );
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "localhost", () => resolve(undefined));
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://localhost:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function main() {
  const folder = process.argv[2] ?? "dist";
  const port = Number(process.env.PORT ?? 8080);
  try {
    const { origin } = await serve({ "/": folder }, port);
    console.log(`Emberlab is at ${origin} (stop it with Ctrl+C).`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    console.error(
      code === "EADDRINUSE"
        ? `Port ${port} is in use: choose another one with PORT=${port + 1} ./build.sh serve.`
        : `Port ${process.env.PORT} cannot be used (${error instanceof Error ? error.message : error}): choose one with PORT=8081 ./build.sh serve.`,
    );
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
