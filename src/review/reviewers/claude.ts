import { type Adapter, at, events, step, textAt } from "./adapter";

const always = /^(ANTHROPIC_|CLAUDE_CONFIG_DIR$|CLAUDE_CODE_(OAUTH_TOKEN|USE_|SKIP_|MAX_OUTPUT_TOKENS))/;

/** Claude Code. `ANTHROPIC_BASE_URL` and a token lead it to a gateway. */
export const claude: Adapter = {
  id: "claude",
  label: "Claude Code",
  vendor: "anthropic",
  program: "claude",
  needs: (name, env) =>
    always.test(name) ||
    // Other clouds' keys open far more than a model.
    (env.CLAUDE_CODE_USE_BEDROCK !== undefined && name.startsWith("AWS_")) ||
    (env.CLAUDE_CODE_USE_VERTEX !== undefined && /^(GOOGLE_|CLOUD_ML_|VERTEX_)/.test(name)),
  start: ({ desk, maxCostUsd }, schema) => ({
    cwd: desk.checkout,
    args: [
      ...["-p", "--output-format", "stream-json", "--verbose", "--json-schema", JSON.stringify(schema)],
      ...[
        "--tools",
        "Read,Grep,Glob",
        "--permission-mode",
        "dontAsk",
        "--max-budget-usd",
        String(maxCostUsd),
      ],
      // Neither the checkout's settings, hooks and servers nor the person's own.
      ...["--safe-mode", "--setting-sources", "user", "--strict-mcp-config", "--no-session-persistence"],
    ],
    env: { DISABLE_AUTOUPDATER: "1", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
  }),
  progress(event) {
    // It tries for minutes, also where a key is refused; a person sees why it takes so long.
    if (event.subtype === "api_retry")
      return `waits: ${event.error}, try ${event.attempt} of ${event.max_retries}`;
    const content = at(event, "message", "content");
    if (event.type !== "assistant" || !Array.isArray(content)) return null;
    const call = content.find((block) => at(block, "type") === "tool_use");
    return step(at(call, "name"), at(call, "input"));
  },
  // {"type":"result","subtype":"success","is_error":false,"result":"…","structured_output":{…},"total_cost_usd":0.12,…}
  hear(stdout) {
    const all = events(stdout);
    const result = all.findLast(({ type }) => type === "result");
    const cost = at(result, "total_cost_usd");
    const structured = at(result, "structured_output");
    const failed =
      result === undefined || at(result, "is_error") === true || at(result, "subtype") !== "success";
    const subtype = textAt(result, "subtype");
    return {
      text: failed ? null : structured ? JSON.stringify(structured) : textAt(result, "result"),
      costUsd: typeof cost === "number" ? cost : null,
      model: textAt(
        all.find((event) => event.subtype === "init"),
        "model",
      ),
      problem: failed ? (textAt(result, "result") ?? textAt(result, "errors", 0) ?? subtype) : null,
      limited: subtype === "error_max_budget_usd" || at(result, "api_error_status") === 429,
    };
  },
};
