/**
 * Makes one call of many: what is asked for while nothing runs, or while the last call runs, goes into the next call.
 * The same key is asked once. What is known early can be told by `early`, with the key's place in the call.
 */
export function batched<Key, Value>(
  ask: (keys: readonly Key[], early: (place: number, value: Value) => void) => Promise<readonly Value[]>,
  name: (key: Key) => string,
): (key: Key) => Promise<Value> {
  interface Waiting {
    readonly key: Key;
    resolve(value: Value): void;
    reject(error: unknown): void;
  }
  const known = new Map<string, Promise<Value>>();
  let waiting: Waiting[] = [];
  let running = false;

  async function work(): Promise<void> {
    running = true;
    // Lets all those ask who were set going by the last answers.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const values = await ask(
          batch.map(({ key }) => key),
          (place, value) => batch[place]?.resolve(value),
        );
        for (const [i, value] of values.entries()) batch[i]?.resolve(value);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      await new Promise(setImmediate);
    }
    running = false;
  }

  return (key) => {
    const id = name(key);
    const seen = known.get(id);
    if (seen) return seen;
    const value = new Promise<Value>((resolve, reject) => waiting.push({ key, resolve, reject }));
    known.set(id, value);
    if (!running) void work();
    return value;
  };
}
