import type { RefreshRequest } from "../../fleet";

// Long enough for one save or one git command to be over, too short to be noticed.
const quietMs = 150;
// A build that writes all the time may cost a quarter of one core, no more.
const restFactor = 3;

/** Gathers what changed and asks for it together: once it is quiet, and never again and again without a rest. */
export class Batch {
  private paths = new Set<string>();
  private refs = false;
  private agents = false;
  private timer: NodeJS.Timeout | null = null;
  private readyAt = 0;
  private running = false;

  /** `mostRestMs`: where what is asked may take long once and is short from then on. */
  constructor(
    private readonly ask: (request: RefreshRequest) => Promise<void>,
    private readonly mostRestMs = Number.POSITIVE_INFINITY,
  ) {}

  add(request: RefreshRequest): void {
    for (const each of request.paths ?? []) this.paths.add(each);
    this.refs ||= request.refs === true;
    this.agents ||= request.agents === true;
    if (!this.running) this.wait();
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.paths.clear();
    this.refs = false;
    this.agents = false;
  }

  private wait(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), Math.max(quietMs, this.readyAt - Date.now()));
  }

  private async flush(): Promise<void> {
    this.timer = null;
    const request = { paths: [...this.paths], refs: this.refs, ...(this.agents ? { agents: true } : {}) };
    this.paths = new Set();
    this.refs = false;
    this.agents = false;
    this.running = true;
    const began = Date.now();
    try {
      await this.ask(request);
    } finally {
      this.running = false;
      this.readyAt = Date.now() + Math.min(this.mostRestMs, restFactor * (Date.now() - began));
      if (this.paths.size > 0 || this.refs || this.agents) this.wait();
    }
  }
}
