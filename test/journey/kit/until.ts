/** Asks again until `probe` gives something; after `limitMs` throws what `complaint` says. */
export async function until<T>(
  probe: () => Promise<T | undefined>,
  complaint: () => string,
  limitMs = 45_000,
): Promise<T> {
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(complaint());
}
