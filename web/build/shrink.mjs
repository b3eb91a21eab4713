// Makes screenshots small enough for a repository: at most 256 colors, packed as well as can be. node build/shrink.mjs PICTURE.png…
import { readFileSync, writeFileSync } from "node:fs";
import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const most = 256;
/** Colors nearer than this to one in the palette need no place of their own, so that small things of a rare color keep it. */
const alike = 100;

function read(bytes) {
  const data = [];
  let header;
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") header = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), depth: body[8], kind: body[9], interlace: body[12] };
    if (type === "IDAT") data.push(body);
    at += length + 12;
  }
  if (header.depth !== 8 || (header.kind !== 2 && header.kind !== 6) || header.interlace !== 0) throw new Error("Only plain pictures of eight bits a color are read.");
  return { ...header, raw: inflateSync(Buffer.concat(data)), size: header.kind === 6 ? 4 : 3 };
}

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Undoes the filters of the lines (PNG specification, section 9); one number 0xRRGGBB a pixel. */
function pixels({ width, height, raw, size }) {
  const stride = width * size;
  const lines = Buffer.alloc(stride * height);
  const colors = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= size ? lines[at - size] : 0;
      const up = y > 0 ? lines[at - stride] : 0;
      const corner = x >= size && y > 0 ? lines[at - stride - size] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      lines[at] = raw[y * (stride + 1) + 1 + x] + guess;
    }
    for (let x = 0; x < width; x++) colors[y * width + x] = lines.readUIntBE(y * stride + x * size, 3);
  }
  return colors;
}

function distance(a, b) {
  return ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
}

/** For each color its place in a palette of those used most and unlike each other; the others go to their nearest. */
function palette(colors) {
  const counts = new Map();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const chosen = [];
  for (const [color] of [...counts].sort(([, a], [, b]) => b - a)) if (chosen.length < most && chosen.every((other) => distance(color, other) >= alike)) chosen.push(color);
  const places = new Map(chosen.map((color, place) => [color, place]));
  for (const color of counts.keys()) {
    if (places.has(color)) continue;
    let best = 0;
    for (let place = 1; place < chosen.length; place++) if (distance(color, chosen[place]) < distance(color, chosen[best])) best = place;
    places.set(color, best);
  }
  return { chosen, places };
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path);
  const picture = read(bytes);
  const colors = pixels(picture);
  const { chosen, places } = palette(colors);
  const lines = Buffer.alloc((picture.width + 1) * picture.height);
  for (let y = 0; y < picture.height; y++) for (let x = 0; x < picture.width; x++) lines[y * (picture.width + 1) + 1 + x] = places.get(colors[y * picture.width + x]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const small = Buffer.concat([signature, chunk("IHDR", header), chunk("PLTE", Buffer.from(chosen.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))), chunk("IDAT", deflateSync(lines, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
  writeFileSync(path, small);
  console.log(`${path}: ${(bytes.length / 1024).toFixed(0)} kB, now ${(small.length / 1024).toFixed(0)} kB`);
}
