// A process of its own for lock.test.ts: `count DIR FILE TIMES` or `hold DIR`.
import { readFileSync, writeFileSync } from "node:fs";
import { withLock } from "../../src/store/lock";

const [verb, dir = "", file = "", times = "0"] = process.argv.slice(2);

async function main(): Promise<void> {
  if (verb === "hold") {
    await withLock(dir, "holding on", async () => {
      process.stdout.write("held\n");
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });
  }
  await Promise.all(
    Array.from({ length: Number(times) }, () =>
      withLock(dir, "counting", async () => {
        const seen = Number(readFileSync(file, "utf8"));
        await new Promise((resolve) => setTimeout(resolve, 1));
        writeFileSync(file, String(seen + 1));
      }),
    ),
  );
}

void main();
