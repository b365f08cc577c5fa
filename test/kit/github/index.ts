import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { startEmulator } from "./emulate";
import { type FaultName, faults } from "./faults";
import { serveGit } from "./gitHttp";
import { answerGraph } from "./graphql";
import { answerRest } from "./rest";
import { World } from "./world";

export type { FaultName } from "./faults";
export { World } from "./world";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/**
 * A GitHub on loopback: git over http on a real bare repo, GraphQL by GitHub's published schema, and what REST it
 * needs; what it does not know itself is answered by the emulator behind it.
 */
export class GitHubServer {
  readonly token = "ann-token";
  /** Calls of the API, fetches and pushes not among them. */
  readonly calls: Call[] = [];
  private failing: FaultName | null = null;
  private failures = 0;

  private constructor(
    readonly world: World,
    private readonly server: Server,
    private readonly emulator: { url: string; close(): Promise<void> },
  ) {}

  static async start(world = new World()): Promise<GitHubServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const github = new GitHubServer(world, server, await startEmulator("ann-token"));
    server.on("request", (request, response) => void github.serve(request, response));
    return github;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get remote(): string {
    return `${this.url}/${this.world.slug}.git`;
  }

  /** Lets the next calls of the API go wrong. */
  fail(fault: FaultName, times = Number.POSITIVE_INFINITY): void {
    this.failing = fault;
    this.failures = times;
  }

  recover(): void {
    this.failing = null;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.emulator.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? "/", this.url);
    if (pathname.includes(".git/") && this.world.locked) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end();
      return;
    }
    if (pathname.includes(".git/")) return serveGit(this.world.root, request, response);
    const method = request.method ?? "GET";
    // An Enterprise Server is asked below /api/v3 and /api/graphql.
    const path = pathname.replace(/^\/api(\/v3)?(?=\/)/, "");
    response.once("close", () => this.calls.push({ method, path, status: response.statusCode }));
    if (this.failing && this.failures-- > 0) return faults[this.failing](request, response);
    if (!/^(token|bearer) ann-token$/i.test(request.headers.authorization ?? ""))
      return faults.unauthorized(request, response);
    const body = await text(request);
    if (path === "/graphql" && method === "POST")
      return this.send(request, response, 200, await answerGraph(this.world, JSON.parse(body)));
    const answer = answerRest(this.world, method, path + search, body);
    if (answer) return this.send(request, response, answer.status, answer.body);
    await this.forward(method, path + search, request, body, response);
  }

  private send(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void {
    const json = body === undefined ? "" : JSON.stringify(body);
    const etag = `W/"${createHash("sha256").update(json).digest("hex")}"`;
    response.setHeader("etag", etag);
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(json);
  }

  private async forward(
    method: string,
    path: string,
    { headers }: IncomingMessage,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    const { authorization = "", "content-type": type = "application/json" } = headers;
    const answer = await fetch(this.emulator.url + path, {
      method,
      headers: { authorization, "content-type": type },
      ...(body === "" ? {} : { body }),
    });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(await answer.text());
  }
}
