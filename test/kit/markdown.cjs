// Prompts are Markdown files that the bundler puts into the bundles as text; tests read them from the sources.
const { readFileSync } = require("node:fs");

require.extensions[".md"] = (module, file) => {
  module.exports = readFileSync(file, "utf8");
};
