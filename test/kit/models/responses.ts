import { randomUUID } from "node:crypto";
import { json, listen, type Reply, read } from "./index";

/** OpenAI's Responses API on loopback, as Codex asks it. `reply` gets the request's body. */
export async function startResponses(reply: (body: string) => Reply | Promise<Reply>) {
  const asked: { readonly body: string; readonly authorization: string | undefined }[] = [];
  const server = await listen(async (request, response) => {
    const body = await read(request);
    // What comes first is a try over a WebSocket; this answer sends the client here again, at once.
    if (request.method !== "POST") return json(response, 426, { error: { message: "no sockets" } });
    if (!request.url?.endsWith("/responses")) return json(response, 404, { error: { message: "unknown" } });
    asked.push({ body, authorization: request.headers.authorization });
    const said = await reply(body);
    if ("status" in said) return json(response, said.status, { error: { message: said.error } });
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (type: string, more: object) =>
      response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
    const id = `resp_${randomUUID()}`;
    send("response.created", { response: { id } });
    for (const item of items(said)) send("response.output_item.done", { item });
    const usage = {
      input_tokens: 10,
      input_tokens_details: null,
      output_tokens: 10,
      output_tokens_details: null,
      total_tokens: 20,
    };
    send("response.completed", { response: { id, usage } });
    response.end();
  });
  return { ...server, asked };
}

function items({ text, tools = [] }: Exclude<Reply, { status: number }>): object[] {
  const calls = tools.map(({ name, input }) => ({
    type: "function_call",
    id: `fc_${randomUUID()}`,
    call_id: `call_${randomUUID()}`,
    name,
    arguments: JSON.stringify(input),
  }));
  const content = [{ type: "output_text", text }];
  const message = { type: "message", role: "assistant", id: `msg_${randomUUID()}`, content };
  return [...(text === undefined ? [] : [message]), ...calls];
}
