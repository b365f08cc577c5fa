import { type Adapter, at, events, step, textAt } from "./adapter";

// Beside GEMINI.md, which no checkout of ours has, it takes files of the names that a person chose for instructions.
const settings = { context: { fileName: "GEMINI.md" } };

/** Gemini. It trusts where it is started, so that is a folder of our own, with the checkout beside it to read. */
export const gemini: Adapter = {
  id: "gemini",
  label: "Gemini",
  vendor: "google",
  program: "gemini",
  needs: (name) =>
    /^(GEMINI_(API_KEY|MODEL|CLI_HOME)|GOOGLE_(API_KEY|APPLICATION_CREDENTIALS|CLOUD_\w+|GENAI_\w+|\w+_BASE_URL))$/.test(
      name,
    ),
  start: ({ desk }) => ({
    cwd: desk.seat,
    args: [
      ...["--output-format", "stream-json", "--approval-mode", "plan"],
      // No extensions; the question comes on standard input.
      ...["--include-directories", desk.checkout, "--extensions", "none", "--prompt", ""],
    ],
    // The flag for it comes too late for the settings of the seat.
    env: { GEMINI_CLI_TRUST_WORKSPACE: "true" },
    files: { ".gemini/settings.json": JSON.stringify(settings) },
  }),
  progress: ({ type, tool_name: tool, parameters }) => (type === "tool_use" ? step(tool, parameters) : null),
  // {"type":"message","role":"assistant","content":"…","delta":true} … {"type":"result","status":"success","stats":{…}}
  hear(stdout) {
    const all = events(stdout);
    const result = all.findLast(({ type }) => type === "result");
    const lastTool = all.findLastIndex(({ type }) => type === "tool_result");
    const words = all
      .slice(lastTool + 1)
      .filter(({ type, role }) => type === "message" && role === "assistant")
      .map(({ content }) => (typeof content === "string" ? content : ""));
    const succeeded = at(result, "status") === "success";
    const problem = textAt(result, "error", "message");
    return {
      text: succeeded && words.length > 0 ? words.join("") : null,
      costUsd: null,
      model: Object.keys(at(result, "stats", "models") ?? {})[0] ?? null,
      problem,
      limited: /quota|rate limit|429/i.test(problem ?? ""),
    };
  },
};
