import { element } from "./element.ts";
import type { Live } from "./live.ts";

/** Lets somebody sign out, here and on every other page of theirs; also without a link, for that is not what it takes. */
export function wireSignOut(live: Live, signOut: () => Promise<void>, leave: () => void): void {
  const button = element("sign-out", HTMLButtonElement);
  const words = element("sign-out-words", HTMLElement);
  let phase: "here" | "leaving" = "here";

  button.addEventListener("click", async () => {
    phase = "leaving";
    button.disabled = true;
    words.textContent = "";
    try {
      await signOut();
      leave();
    } catch {
      phase = "here";
      button.disabled = false;
      words.textContent = "The server does not answer: you are still signed in.";
    }
  });
  // Where it was clicked, the answer is waited for.
  live.on("signedOut", () => {
    if (phase === "here") leave();
  });
}
