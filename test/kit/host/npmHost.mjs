#!/usr/bin/env node
// Stands in for VS Code's own executable when @vscode/test-electron starts it.
import "tsx";

await import("./npmHost");
