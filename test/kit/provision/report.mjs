/** Thrown when set-up cannot go on; its message is all a person needs to see. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Says what is being done, does it, and says how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = Date.now();
  say(`[set-up] ${title} …`);
  const result = await work();
  say(`[set-up] ${title}: done in ${Math.max(1, Math.round((Date.now() - start) / 1000))} s`);
  return result;
}
