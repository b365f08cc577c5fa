import { type Request, readToPanel, type ToHost, type ToPanel } from "../../src/messages";

interface HostApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): HostApi;

export const host: HostApi = acquireVsCodeApi();

type Unnumbered<T> = T extends Request ? Omit<T, "request"> : never;

const patienceMs = 15_000;

/** Sends requests and hears of their end; null: done, a text: why not. */
export class Wire {
  private last = 0;
  private readonly waiting = new Map<number, (problem: string | null) => void>();

  constructor(
    private readonly noAnswer: () => string,
    onMessage: (message: Exclude<ToPanel, { type: "answer" }>) => void,
  ) {
    window.addEventListener("message", ({ data }) => {
      const message = readToPanel(data);
      if (message?.type === "answer") this.waiting.get(message.request)?.(message.problem);
      else if (message) onMessage(message);
    });
  }

  ask(message: Unnumbered<Request>): Promise<string | null> {
    const request = ++this.last;
    return new Promise((resolve) => {
      const end = (problem: string | null) => {
        clearTimeout(timer);
        this.waiting.delete(request);
        resolve(problem);
      };
      const timer = setTimeout(() => end(this.noAnswer()), patienceMs);
      this.waiting.set(request, end);
      host.postMessage({ ...message, request } as Request);
    });
  }
}
