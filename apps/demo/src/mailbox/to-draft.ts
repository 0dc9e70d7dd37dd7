import { createHash } from "node:crypto";
import PostalMime, { type Email } from "postal-mime";
import { type Draft, longest } from "../shared/notification.ts";
import { oneLine } from "../shared/one-line.ts";
import { headOf } from "./head-of.ts";
import { lastPartEnds } from "./last-part-ends.ts";
import { textOf } from "./text-of.ts";

/** What became of a mail: something to publish, or why there is nothing. */
export type Drafted = { readonly draft: Draft } | { readonly problem: string };

/**
 * What a mail is to those who hear of it.
 *
 * @param place - where its file is, in its folder
 */
export async function toDraft(bytes: Uint8Array, place: string): Promise<Drafted> {
  if (bytes.length === 0) return { problem: "it is empty" };
  const head = headOf(bytes);
  if (!head) return { problem: "its head does not end" };
  let mail: Email;
  try {
    mail = await PostalMime.parse(bytes);
  } catch (error) {
    return { problem: `it is no mail: ${oneLine(String(error), longest.preview)}` };
  }
  const from = oneLine(sender(mail), longest.from);
  const subject = oneLine(mail.subject ?? "", longest.subject);
  if (!from && !subject) return { problem: "it is no mail: it has neither a sender nor a subject" };
  if (!lastPartEnds(bytes.subarray(head.length), contentType(mail)))
    return { problem: "its last part does not end" };
  return {
    draft: {
      key: `sha256:${createHash("sha256")
        .update(nameOf(mail) ?? nameless(head, place))
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

function contentType({ headers }: Email): string {
  return headers.find(({ key }) => key === "content-type")?.value ?? "";
}

/** What its sender calls it. With sender, subject and date, for there are programs that call every mail the same. */
function nameOf({ messageId, from, subject, date }: Email): string | undefined {
  const id = messageId?.trim();
  return id && JSON.stringify([id, from?.address, subject, date]);
}

/** A mail that its sender calls nothing is what its head says at that place: the rest of it may still come. */
function nameless(head: Uint8Array, place: string): Uint8Array {
  return Buffer.concat([Buffer.from(JSON.stringify(place)), head]);
}
