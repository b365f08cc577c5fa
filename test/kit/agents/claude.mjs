#!/usr/bin/env node
// Stands in for Claude Code where a person's keys must have a sure effect: it reads the settings that it is handed, and
// calls their hooks as Claude Code does. What it is about to do is typed, a word a line.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const args = process.argv.slice(2);
if (args[0] === "agents") {
  console.log("[]");
  process.exit();
}
const file = args[args.indexOf("--settings") + 1];
const { hooks } = args.includes("--settings") ? JSON.parse(readFileSync(file ?? "", "utf8")) : { hooks: {} };
const task = args[args.indexOf("--") + 1];

/** @param {string} event */
function say(event) {
  for (const group of hooks[event] ?? [])
    for (const { command } of group.hooks)
      spawnSync("sh", ["-c", command], {
        input: JSON.stringify({ hook_event_name: event, cwd: process.cwd() }),
      });
}

say("SessionStart");
if (args.includes("--")) {
  console.log(`> ${task}`);
  say("UserPromptSubmit");
  say("PreToolUse");
}
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "ask") console.log("May I run: npm test? (go)");
  if (line === "ask") say("PermissionRequest");
  if (line === "go") say("PostToolUse");
  if (line === "stop") say("Stop");
  if (line === "exit") break;
}
say("SessionEnd");
process.exit();
