import { HoldfastError } from "@holdfast/browser";
import { Draft } from "../../shared/notification.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";

/** Lets somebody write to somebody, or to everybody. Also without a link: then it waits for one. */
export function wireCompose(live: Live): void {
  const form = element("compose", HTMLFormElement);
  const words = element("compose-words", HTMLElement);
  const field = (name: string): string => String(new FormData(form).get(name) ?? "").trim();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const to = field("to");
    // Its own key makes it safe to send again.
    const draft = Draft.safeParse({
      key: crypto.randomUUID(),
      ...(to ? { to } : {}),
      subject: field("subject"),
      preview: field("preview"),
    });
    if (!draft.success) {
      words.textContent = draft.error.issues[0]?.message ?? "That cannot be sent.";
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
      words.textContent = draft.to
        ? `Sent to ${draft.to}: whoever signs in by exactly that name finds it.`
        : "Sent to everybody.";
    } catch (error) {
      words.textContent = `“${draft.subject}” was not sent: ${tell(error)}`;
      restore(draft);
    }
  }
}

function tell(error: unknown): string {
  return HoldfastError.is(error, "CLOSED") ? "the connection was closed." : String(error);
}
