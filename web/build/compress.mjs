// Compresses the built files once, as well as can be, so that the server only has to send them; refuses a first page that has grown too heavy.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../dist/app", import.meta.url));
const leastGain = 0.9;
const mostFirstLoad = 150 * 1024;

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (!/\.(br|gz)$/.test(name)) yield path;
  }
}

// What index.html names is loaded before anything is shown.
const html = readFileSync(join(root, "index.html"), "utf8");
const isFirst = (path) => path.endsWith("index.html") || html.includes(`/${relative(root, path)}"`);

let first = 0;
for (const path of files(root)) {
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const gzip = gzipSync(bytes, { level: 9 });
  if (isFirst(path)) first += Math.min(gzip.length, bytes.length);
  if (gzip.length > bytes.length * leastGain) continue;
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzip);
}
console.log(`First load: ${(first / 1024).toFixed(1)} kB gzip`);
if (first > mostFirstLoad) {
  console.error(`That is more than ${mostFirstLoad / 1024} kB: load what the first page does not need later, with lazy routes.`);
  process.exit(1);
}
