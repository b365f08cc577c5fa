/** Asks again until `probe` gives something; after 30 s throws what `complaint` says. */
export async function until<T>(probe: () => Promise<T | undefined>, complaint: () => string): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(complaint());
}
