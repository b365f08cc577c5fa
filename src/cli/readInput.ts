// What git and Claude Code write is far smaller.
const mostBytes = 32 << 20;

/** All of standard input; nothing where that is a terminal, which would be waited for without end. */
export async function readInput(): Promise<string> {
  if (process.stdin.isTTY) return "";
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    pieces.push(piece);
    size += piece.length;
    if (size > mostBytes) break;
  }
  return Buffer.concat(pieces).toString();
}
