import { Settings } from "../shared/settings.ts";

/** Asks the demo where to dial. */
export async function fetchSettings(signal?: AbortSignal): Promise<Settings> {
  const response = await fetch("/api/demo", signal && { signal });
  return Settings.parse(await response.json());
}
