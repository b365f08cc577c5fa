import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Question, Reply } from "./index";

type Said = Exclude<Reply, { status: number }>;

/** The model's message: in one piece, or as the events that a stream has. */
export function sendMessage(response: ServerResponse, { model, stream }: Question, said: Said): void {
  const content = blocks(said);
  const stop = said.tools?.length ? "tool_use" : "end_turn";
  const usage = { input_tokens: 100, output_tokens: 10 };
  const message = {
    id: `msg_${randomUUID()}`,
    type: "message",
    role: "assistant",
    model,
    stop_sequence: null,
  };
  if (!stream) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...message, content, stop_reason: stop, usage }));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (type: string, more: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
  send("message_start", { message: { ...message, content: [], stop_reason: null, usage } });
  content.forEach((block, index) => {
    const text = block.type === "text";
    const empty = text ? { ...block, text: "" } : { ...block, input: {} };
    const delta = text
      ? { type: "text_delta", text: block.text }
      : { type: "input_json_delta", partial_json: JSON.stringify(block.input) };
    send("content_block_start", { index, content_block: empty });
    send("content_block_delta", { index, delta });
    send("content_block_stop", { index });
  });
  send("message_delta", { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 10 } });
  send("message_stop", {});
  response.end();
}

type Block =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "tool_use"; readonly id: string; readonly name: string; readonly input: object };

function blocks({ text = "", tools = [] }: Said): Block[] {
  const calls = tools.map(
    ({ name, input }): Block => ({ type: "tool_use", id: `toolu_${randomUUID()}`, name, input }),
  );
  return text === "" && calls.length > 0 ? calls : [{ type: "text", text }, ...calls];
}
