import { after } from "../protocol/instant.ts";
import { nextLink } from "../protocol/ids.ts";
import { become, isUp, type State } from "./state.ts";
import type { Env, Step } from "./step.ts";
import { asked, type Why } from "./why.ts";

/** A new link, whatever became of the one before. */
export function dial(state: State, why: Why, { now, policy }: Env): Step {
  const linkId = nextLink(state.linkId);
  const deadline = after(now, policy.dialTimeoutMs);
  return [become(state, { phase: "dialing", linkId, deadline, why }), "abandon", "dial"];
}

/** A new link because somebody asked. An open socket is told goodbye, but not waited for. */
export function redial(state: State, env: Env): Step {
  const [next, ...effects] = dial({ ...state, failures: 0, network: "online" }, asked, env);
  return isUp(state) ? [next, "hangUp", ...effects] : [next, ...effects];
}
