import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendMessage } from "./message";

/** What an agent asks a model, as far as tests read it. */
export interface Question {
  readonly model: string;
  readonly system?: unknown;
  readonly messages: readonly { readonly role: "user" | "assistant"; readonly content: unknown }[];
  readonly tools?: readonly { readonly name: string }[];
  readonly stream?: boolean;
  /** The request's header. */
  readonly authorization?: string | undefined;
}

/** What the model says: text, tools it calls, or an error of the server. */
export type Reply =
  | { readonly text?: string; readonly tools?: readonly ToolCall[] }
  | { readonly status: number; readonly error: string };

export interface ToolCall {
  readonly name: string;
  readonly input: object;
}

/** A server on loopback that speaks Anthropic's Messages API, streaming included. */
export interface Models {
  /** For `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  /** All that was asked, oldest first. */
  readonly asked: readonly Question[];
  stop(): Promise<void>;
}

/** `reply` decides each answer; a promise that it gives holds the answer back. */
export async function startModels(reply: (question: Question) => Reply | Promise<Reply>): Promise<Models> {
  const asked: Question[] = [];
  return { ...(await listen(answer)), asked };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const path = request.url?.split("?")[0];
    if (request.method !== "POST" || !path?.startsWith("/v1/messages"))
      return fail(response, 404, "not_found_error");
    if (path === "/v1/messages/count_tokens") return json(response, 200, { input_tokens: 100 });
    const question: Question = { ...JSON.parse(body), authorization: request.headers.authorization };
    asked.push(question);
    const said = await reply(question);
    if (response.destroyed) return;
    if ("status" in said) return fail(response, said.status, said.error);
    sendMessage(response, question, said);
  }
}

/** A server on loopback; what `answer` throws ends the request. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What the person, or a tool, said last. */
export function lastWords({ messages }: Question): string {
  const content = messages.findLast(({ role }) => role === "user")?.content;
  return typeof content === "string" ? content : JSON.stringify(content);
}

export async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export function json(response: ServerResponse, status: number, document: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(document));
}

function fail(response: ServerResponse, status: number, type: string): void {
  json(response, status, { type: "error", error: { type, message: type } });
}
