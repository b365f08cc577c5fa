import { openCache } from "../../src/store/cache";

// Another process: sets the value (where there is one) under every key, then prints what it reads.
const [dir = "", version, keyList = "[]", value] = process.argv.slice(2);
const keys = JSON.parse(keyList) as string[];
const cache = openCache(dir, "facts", Number(version));
if (value !== undefined) for (const key of keys) cache.set(key, JSON.parse(value));
void cache.flush().then(() => console.log(JSON.stringify(keys.map((key) => cache.get(key) ?? null))));
