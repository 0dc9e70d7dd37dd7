import { Settings } from "../shared/settings.ts";
import { ask } from "./ask.ts";

/** Asks the demo how its network is, and where mails are dropped. */
export function fetchSettings(): Promise<Settings> {
  return ask(Settings, "/api/demo");
}
