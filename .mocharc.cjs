// Mocha adds the files named on its command line to `spec`; whoever names one wants that one alone.
const named = process.argv.slice(2).some((word) => word.endsWith(".test.ts"));

module.exports = {
  require: ["tsx", "./test/kit/markdown.cjs"],
  ...(named ? {} : { spec: ["test/**/*.test.ts"] }),
  ignore: ["test/host/**", "test/journey/**", "test/webview/**"],
  timeout: 60000,
};
