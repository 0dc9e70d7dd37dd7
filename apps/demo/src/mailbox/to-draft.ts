import { createHash } from "node:crypto";
import PostalMime, { type Email } from "postal-mime";
import { type Draft, longest } from "../shared/notification.ts";
import { oneLine } from "./one-line.ts";
import { textOf } from "./text-of.ts";

/** What became of a mail: something to publish, or why there is nothing. */
export type Drafted = { readonly draft: Draft } | { readonly problem: string };

/** What a mail is to those who hear of it. */
export async function toDraft(bytes: Uint8Array): Promise<Drafted> {
  if (bytes.length === 0) return { problem: "it is empty" };
  let mail: Email;
  try {
    mail = await PostalMime.parse(bytes);
  } catch (error) {
    return { problem: `it is no mail: ${oneLine(String(error), longest.preview)}` };
  }
  const from = oneLine(sender(mail), longest.from);
  const subject = oneLine(mail.subject ?? "", longest.subject);
  if (!from && !subject) return { problem: "it is no mail: it has neither a sender nor a subject" };
  return {
    draft: {
      key: messageId(mail) ?? `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
      from: from || "(no sender)",
      subject: subject || "(no subject)",
      preview: oneLine(mail.text?.trim() || textOf(mail.html ?? ""), longest.preview),
    },
  };
}

function sender({ from, sender }: Email): string {
  return from?.name || from?.address || sender?.name || sender?.address || "";
}

/** One that is too long to be a key is none. */
function messageId({ messageId }: Email): string | undefined {
  const id = messageId?.trim();
  return id && id.length <= longest.key ? id : undefined;
}
