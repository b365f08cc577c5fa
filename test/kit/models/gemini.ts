import { json, listen, type Reply, read } from "./index";

/** Google's Gemini API on loopback, as Gemini asks it. `reply` gets the request's body. */
export async function startGemini(reply: (body: string) => Reply | Promise<Reply>) {
  const asked: { readonly body: string; readonly key: string | undefined }[] = [];
  const server = await listen(async (request, response) => {
    const body = await read(request);
    const streamed = request.url?.includes(":streamGenerateContent");
    if (!streamed && !request.url?.includes(":generateContent"))
      return json(response, 404, { error: { code: 404, message: "unknown", status: "NOT_FOUND" } });
    const key = request.headers["x-goog-api-key"];
    asked.push({ body, key: typeof key === "string" ? key : undefined });
    const said = await reply(body);
    if ("status" in said)
      return json(response, said.status, { error: { code: said.status, message: said.error } });
    const answer = generated(said);
    if (!streamed) return json(response, 200, answer);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`data: ${JSON.stringify(answer)}\n\n`);
  });
  return { ...server, asked };
}

function generated({ text, tools = [] }: Exclude<Reply, { status: number }>): object {
  const calls = tools.map(({ name, input }) => ({ functionCall: { name, args: input } }));
  return {
    candidates: [
      {
        content: { role: "model", parts: [...(text === undefined ? [] : [{ text }]), ...calls] },
        finishReason: "STOP",
        index: 0,
      },
    ],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
    modelVersion: "gemini-test",
  };
}
