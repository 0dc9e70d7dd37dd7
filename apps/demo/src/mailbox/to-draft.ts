import { createHash } from "node:crypto";
import PostalMime, { type Email } from "postal-mime";
import { type Draft, longest } from "../shared/notification.ts";
import { oneLine } from "../shared/one-line.ts";
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
      key: `sha256:${createHash("sha256")
        .update(nameOf(mail) ?? bytes)
        .digest("hex")}`,
      from: from || "(no sender)",
      subject: subject || "(no subject)",
      preview: oneLine(mail.text?.trim() || textOf(mail.html ?? ""), longest.preview),
    },
  };
}

function sender({ from, sender }: Email): string {
  return from?.name || from?.address || sender?.name || sender?.address || "";
}

/**
 * What its sender calls it, which is there before its text is: who reads half of it knows it again. With sender, subject and date, for
 * there are programs that call every mail the same.
 */
function nameOf({ messageId, from, subject, date }: Email): string | undefined {
  const id = messageId?.trim();
  return id && JSON.stringify([id, from?.address, subject, date]);
}
