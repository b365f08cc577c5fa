const names = new Set([
  "package.json",
  "Cargo.toml",
  "go.mod",
  "pyproject.toml",
  "requirements.txt",
  "Pipfile",
  "Gemfile",
  "composer.json",
  "pubspec.yaml",
  "build.gradle",
  "build.gradle.kts",
  "pom.xml",
]);

/** Whether people list dependencies in this file: one line of it can be a whole piece of work. */
export function isManifest(path: string): boolean {
  return names.has(path.slice(path.lastIndexOf("/") + 1));
}
