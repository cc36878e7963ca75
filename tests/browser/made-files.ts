// Files as people bring them: tables, IDX files, pictures and archives, made on the spot.

import { crc32, deflateRawSync, deflateSync, gzipSync } from "node:zlib";

/** A file for an input, by Playwright's rules. */
export interface MadeFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const SIDE = 28;

/** A bar in the image of a class: upright for 0, level for 1, and from corner to corner for 2. */
function ink(of: number, nth: number, x: number, y: number): number {
  const across = of === 0 ? x : of === 1 ? y : (x + y) / 2;
  return Math.abs(across - SIDE / 2 - ((nth % 7) - 3)) < 3 ? 230 : 0;
}

/** The classes and grey values of some images, class after class. */
function images(perClass: number, classes: number): { label: number; pixels: number[] }[] {
  return Array.from({ length: perClass * classes }, (_, i) => {
    const label = i % classes;
    const at = (pixel: number) => ink(label, i, pixel % SIDE, Math.floor(pixel / SIDE));
    return { label, pixels: Array.from({ length: SIDE * SIDE }, (_, pixel) => at(pixel)) };
  });
}

function file(name: string, buffer: Buffer): MadeFile {
  return { name, mimeType: "application/octet-stream", buffer };
}

/** A table of images; `change` may spoil its lines. */
export function csv(
  name: string,
  perClass: number,
  classes: number,
  change: (line: string, at: number) => string = (line) => line,
): MadeFile {
  const lines = images(perClass, classes).map(({ label, pixels }) => [label, ...pixels].join(","));
  return file(name, Buffer.from(lines.map(change).join("\n")));
}

/** Images and labels as gzipped IDX files; `claimed` images stand in the header. */
export function idxPair(
  name: string,
  perClass: number,
  classes: number,
  claimed = perClass * classes,
): [MadeFile, MadeFile] {
  const made = images(perClass, classes);
  const header = (...numbers: number[]) => {
    const bytes = Buffer.alloc(4 * numbers.length);
    numbers.forEach((number, i) => bytes.writeUInt32BE(number, 4 * i));
    return bytes;
  };
  const pixels = Buffer.from(made.flatMap(({ pixels }) => pixels));
  const labels = Buffer.from(made.map(({ label }) => label));
  const pack = (...parts: Buffer[]) => gzipSync(Buffer.concat(parts));
  return [
    file(`${name}-images-idx3-ubyte.gz`, pack(header(0x803, claimed, SIDE, SIDE), pixels)),
    file(`${name}-labels-idx1-ubyte.gz`, pack(header(0x801, made.length), labels)),
  ];
}

/** A grey picture as a PNG file. */
function png(width: number, height: number, grey: (x: number, y: number) => number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const content = Buffer.concat([Buffer.from(type), data]);
    const bytes = Buffer.alloc(content.length + 8);
    bytes.writeUInt32BE(data.length, 0);
    content.copy(bytes, 4);
    bytes.writeUInt32BE(crc32(content), content.length + 4);
    return bytes;
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.writeUInt8(8, 8);
  // Each row begins with how it is filtered: not at all.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.writeUInt8(grey(x, y), y * (width + 1) + x + 1);
  }
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const end = Buffer.alloc(0);
  const parts = [chunk("IHDR", size), chunk("IDAT", deflateSync(rows)), chunk("IEND", end)];
  return Buffer.concat([signature, ...parts]);
}

/** An archive of deflated files. */
export function zip(name: string, files: Record<string, Buffer>): MadeFile {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let place = 0;
  for (const [path, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const title = Buffer.from(path);
    /** What both headers have in common, from the method on. */
    const common = Buffer.alloc(20);
    common.writeUInt16LE(8, 0);
    common.writeUInt32LE(crc32(content), 6);
    common.writeUInt32LE(packed.length, 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt16LE(title.length, 18);
    const own = Buffer.concat([
      Buffer.from("PK\x03\x04\x14\0\0\0"),
      common,
      Buffer.alloc(2),
      title,
    ]);
    const rest = Buffer.alloc(16);
    rest.writeUInt32LE(place, 12);
    directory.push(Buffer.from("PK\x01\x02\x14\0\x14\0\0\0"), common, rest, title);
    local.push(own, packed);
    place += own.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(place, 12);
  return file(name, Buffer.concat([...local, listed, Buffer.from("PK\x05\x06"), end]));
}

/** An archive of pictures, dark ink on light paper, in folders called by these names. */
export function pictures(name: string, perClass: number, classes: string[]): MadeFile {
  const side = 40;
  const files: Record<string, Buffer> = {};
  for (let nth = 0; nth < perClass; nth += 1) {
    classes.forEach((folder, of) => {
      const scale = SIDE / side;
      const grey = (x: number, y: number) => 255 - ink(of, nth, x * scale, y * scale);
      files[`set/${folder}/${nth}.png`] = png(side, side, grey);
    });
  }
  return zip(name, files);
}
