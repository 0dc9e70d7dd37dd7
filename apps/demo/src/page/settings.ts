import { Settings } from "../shared/settings.ts";
import { ask } from "./ask.ts";

/** Asks the demo where to dial: its proxy has another port when it was started again. */
export function fetchSettings(signal?: AbortSignal): Promise<Settings> {
  return ask(Settings, "/api/demo", signal && { signal });
}
