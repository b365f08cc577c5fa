import { createHash } from "node:crypto";
import type { Oid } from "../model/worktree";

/** An object that is to be packed. */
export interface NewObject {
  readonly oid: Oid;
  readonly type: "commit" | "tree";
  readonly body: Buffer;
}

const typeNumbers = { commit: 1, tree: 2 } as const;

/** Objects, no two of them the same, as git packs them: the pack itself, and its index in git's first form. */
export function packObjects(
  objects: readonly NewObject[],
  hash: "sha1" | "sha256",
): { pack: Buffer; index: Buffer } {
  const head = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  head.writeUInt32BE(objects.length, 8);
  const pieces: Buffer[] = [head];
  const places: { oid: Oid; offset: number }[] = [];
  let offset = head.length;
  for (const { oid, type, body } of objects) {
    const piece = Buffer.concat([sizeOf(typeNumbers[type], body.length), stored(body)]);
    places.push({ oid, offset });
    pieces.push(piece);
    offset += piece.length;
  }
  const pack = sealed(pieces, hash);
  return { pack, index: sealed([...indexOf(places), checksumOf(pack, hash)], hash) };
}

/** The type and the size: four bits of it first, then seven a byte, the smallest first. */
function sizeOf(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 128;
    bytes.push(rest & 127);
  }
  return Buffer.from(bytes);
}

const largestBlock = 65_535;

/** What zlib makes of bytes that it does not compress; to do so takes longer than to write a short commit whole. */
function stored(body: Buffer): Buffer {
  const pieces: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at === 0 || at < body.length; at += largestBlock) {
    const block = body.subarray(at, at + largestBlock);
    const length = Buffer.alloc(5);
    length.writeUInt8(at + largestBlock >= body.length ? 1 : 0);
    length.writeUInt16LE(block.length, 1);
    length.writeUInt16LE(block.length ^ 0xffff, 3);
    pieces.push(length, block);
  }
  return Buffer.concat([...pieces, adler32(body)]);
}

function adler32(body: Buffer): Buffer {
  let [a, b] = [1, 0];
  for (const byte of body) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(b * 65_536 + a);
  return sum;
}

/** How many ids begin with each byte or a lower one, then offset and id of each in order. */
function indexOf(places: readonly { readonly oid: Oid; readonly offset: number }[]): Buffer[] {
  const sorted = [...places].sort((one, other) => (one.oid < other.oid ? -1 : 1));
  const fanout = Buffer.alloc(256 * 4);
  for (let byte = 0, count = 0; byte < 256; byte++) {
    while (Number.parseInt(sorted[count]?.oid.slice(0, 2) ?? "", 16) === byte) count++;
    fanout.writeUInt32BE(count, byte * 4);
  }
  const entries = sorted.map(({ oid, offset }) => {
    const place = Buffer.alloc(4);
    place.writeUInt32BE(offset);
    return Buffer.concat([place, Buffer.from(oid, "hex")]);
  });
  return [fanout, ...entries];
}

function sealed(pieces: readonly Buffer[], hash: "sha1" | "sha256"): Buffer {
  const bytes = Buffer.concat(pieces);
  return Buffer.concat([bytes, createHash(hash).update(bytes).digest()]);
}

/** The last bytes of a pack. */
function checksumOf(pack: Buffer, hash: "sha1" | "sha256"): Buffer {
  return pack.subarray(-(hash === "sha256" ? 32 : 20));
}
