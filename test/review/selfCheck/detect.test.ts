import assert from "node:assert/strict";
import { detectChecks } from "../../../src/review/selfCheck/detect";

function detected(names: readonly string[], texts: Readonly<Record<string, string>> = {}): string[] {
  const top = { names: new Set([...names, ...Object.keys(texts)]), texts: new Map(Object.entries(texts)) };
  return detectChecks(top).map(
    ({ name, command, obstacle }) => `${name}: ${command.join(" ")}${obstacle ? " (cannot)" : ""}`,
  );
}

const scripts = (all: object, more: object = {}) => ({
  "package.json": JSON.stringify({ scripts: all, ...more }),
});

describe("detecting a repo's own checks", () => {
  it("takes the package's scripts, in the order in which they fail fastest, by its package manager", () => {
    const all = { test: "mocha", lint: "biome ci .", "type-check": "tsc", build: "x" };
    const found = (pm: string) => [
      `typecheck: ${pm} run type-check`,
      `lint: ${pm} run lint`,
      `test: ${pm} run test`,
    ];
    assert.deepEqual(detected([], scripts(all)), found("npm"));
    assert.deepEqual(detected(["pnpm-lock.yaml"], scripts(all)), found("pnpm"));
    assert.deepEqual(detected(["yarn.lock"], scripts(all)), found("yarn"));
    assert.deepEqual(detected(["bun.lock"], scripts(all)), found("bun"));
    assert.deepEqual(detected(["yarn.lock"], scripts(all, { packageManager: "pnpm@9.1.0" })), found("pnpm"));
  });

  it("does not run what a new package has for a test, and knows what is not installed", () => {
    const none = { test: 'echo "Error: no test specified" && exit 1' };
    assert.deepEqual(detected([], scripts(none)), []);
    const needs = scripts({ test: "mocha" }, { devDependencies: { mocha: "1" } });
    assert.deepEqual(detected([], needs), ["test: npm run test (cannot)"]);
    assert.deepEqual(detected(["node_modules"], needs), ["test: npm run test"]);
  });

  it("knows the usual tools of other languages", () => {
    assert.deepEqual(detected(["Cargo.toml"]), ["typecheck: cargo check --all-targets", "test: cargo test"]);
    assert.deepEqual(detected(["go.mod"]), ["lint: go vet ./...", "test: go test ./..."]);
    const python = "[tool.ruff]\nline-length = 100\n[tool.mypy]\n[tool.pytest.ini_options]\n";
    assert.deepEqual(detected([], { "pyproject.toml": python }), [
      "typecheck: mypy .",
      "lint: ruff check .",
      "test: pytest -q",
    ]);
    assert.deepEqual(detected(["gradlew"]), ["test: ./gradlew check"]);
    assert.deepEqual(detected(["pom.xml"]), ["test: mvn -q verify"]);
    assert.deepEqual(detected(["Shop.sln"]), ["test: dotnet test"]);
  });

  it("asks make only where nothing else is known", () => {
    const make = { Makefile: "test: build\n\tgo test\nlint:\n\tx\nLINT := 1\n" };
    assert.deepEqual(detected([], make), ["lint: make lint", "test: make test"]);
    assert.deepEqual(detected(["go.mod"], make), ["lint: go vet ./...", "test: go test ./..."]);
  });

  it("finds nothing in a package.json that is none", () => {
    for (const text of ["", "{", "[]", '"x"', '{"scripts": []}', '{"scripts": {"test": 5}}'])
      assert.deepEqual(detected([], { "package.json": text }), [], text);
  });
});
