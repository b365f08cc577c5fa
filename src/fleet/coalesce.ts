/**
 * Runs `action` one at a time; what is asked while it runs is merged into one more run after it. The promise of a
 * call settles when a run that began after the call has ended.
 */
export function coalesce<T>(
  action: (request: T) => Promise<void>,
  merge: (waiting: T, more: T) => T,
): (request: T) => Promise<void> {
  let running: Promise<void> | null = null;
  let waiting: { request: T; promise: Promise<void> } | null = null;

  const start = (request: T): Promise<void> => {
    running = action(request).finally(() => {
      running = null;
    });
    return running;
  };

  return (request) => {
    if (!running) return start(request);
    if (waiting) {
      waiting.request = merge(waiting.request, request);
      return waiting.promise;
    }
    const next = { request, promise: Promise.resolve() };
    const run = (): Promise<void> => {
      waiting = null;
      return start(next.request);
    };
    next.promise = running.then(run, run);
    waiting = next;
    return next.promise;
  };
}

/** The same for what is asked without words. */
export function coalesceCalls(action: () => Promise<void>): () => Promise<void> {
  const run = coalesce<null>(action, () => null);
  return () => run(null);
}
