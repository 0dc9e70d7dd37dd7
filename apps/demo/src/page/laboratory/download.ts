import { element } from "../element.ts";
import type { Recorder } from "./recorder.ts";

/** Gives the recorded log as a file. */
export function wireDownload(recorder: Recorder): void {
  element("download", HTMLButtonElement).addEventListener("click", () => {
    const text = JSON.stringify(recorder.records, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "holdfast-log.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
