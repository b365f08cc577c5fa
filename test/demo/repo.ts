import { rmSync } from "node:fs";
import { buildStory } from "../kit/story";

// `repo.ts FOLDER`: the demo's story in FOLDER, afresh, for whoever debugs the extension on it.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("say where: repo.ts FOLDER");
rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
console.log(buildStory(folder).repo);
