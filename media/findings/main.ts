import "./panel.css";
import type { Words } from "../../src/messages";
import { Panel } from "./panel";
import { host, Wire } from "./wire";

let words: Words | null = null;
let panel: Panel | null = null;

const wire = new Wire(
  () => words?.noAnswer ?? "",
  (message) => {
    if (message.type === "words") words = message.words;
    else if (panel) panel.show(message.snapshot);
    else if (words) panel = new Panel(words, message.snapshot, wire);
  },
);
host.postMessage({ type: "ready" });
