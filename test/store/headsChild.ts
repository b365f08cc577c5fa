import { appendHeads } from "../../src/store/heads";

/** Notes `count` moves of a branch, one by one, as fast as it can. */
async function main([dir = "", name = "", count = "0"]: readonly string[]): Promise<void> {
  // Long, so that files fill up.
  const ref = name.repeat(400);
  const note = (n: number) => ({
    ref,
    oid: n.toString(16).padStart(40, "0"),
    at: Math.floor(Date.now() / 1000),
  });
  await appendHeads(dir, [{ ...note(0), birth: name }]);
  for (let n = 0; n < Number(count); n++) await appendHeads(dir, [note(n)]);
}

main(process.argv.slice(2)).catch(() => process.exit(1));
