import { HoldfastError } from "@holdfast/browser";
import { Draft } from "../../shared/notification.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";
import { addressee } from "./addressee.ts";

/** Lets somebody write to somebody, or to everybody. Also without a link: then it waits for one. */
export function wireCompose(live: Live): void {
  const form = element("compose", HTMLFormElement);
  const words = element("compose-words", HTMLElement);
  let here: readonly string[] = [];
  const field = (name: string): string => String(new FormData(form).get(name) ?? "").trim();

  live.on("people", (people) => (here = people.map(({ name }) => name)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const to = addressee(field("to"), here).name;
    // Its own key makes it safe to send again.
    const draft = Draft.safeParse({
      key: crypto.randomUUID(),
      ...(to ? { to } : {}),
      subject: field("subject"),
      preview: field("preview"),
    });
    if (!draft.success) {
      words.textContent = `That cannot be sent: it needs ${draft.error.issues[0]?.message}.`;
      return;
    }
    void send(draft.data);
    form.reset();
    element("compose-to", HTMLInputElement).focus();
  });

  /** Nobody has to write it again, unless they are writing something else. */
  function restore({ to = "", subject, preview }: Draft): void {
    if (field("subject") || field("preview")) return;
    element("compose-to", HTMLInputElement).value = to;
    element("compose-subject", HTMLInputElement).value = subject;
    element("compose-preview", HTMLTextAreaElement).value = preview;
  }

  async function send(draft: Draft): Promise<void> {
    words.textContent =
      live.state.name === "OPEN" ? "Sending …" : "It goes out as soon as the connection is back.";
    try {
      await live.call("publish", draft, { timeoutMs: Infinity });
      words.textContent = tellSent(draft.to, here);
    } catch (error) {
      words.textContent = `“${draft.subject}” was not sent: ${tell(error)}`;
      restore(draft);
    }
  }
}

/** The server keeps it for whoever signs in by that name: nobody need be called so yet. */
function tellSent(to: string | undefined, here: readonly string[]): string {
  if (to === undefined) return "Sent to everybody.";
  if (addressee(to, here).isHere) return `Sent to ${to}.`;
  return `Sent to ${to}, who is not here now: it is there when somebody signs in by that name.`;
}

function tell(error: unknown): string {
  return HoldfastError.is(error, "CLOSED") ? "the connection was closed." : String(error);
}
