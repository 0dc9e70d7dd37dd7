import { randomUUID } from "node:crypto";
import type { Draft, Published } from "../shared/notification.ts";
import { clean } from "../shared/one-line.ts";
import type { Holder } from "./sign-in.ts";
import type { Store } from "./store.ts";

/** Publishes a draft for whoever wrote it. People go by their own name; services are believed. */
export function publish(store: Store, { name, role }: Holder, draft: Draft): Published {
  const isService = role === "service";
  return store.publish({
    publisher: `${role}:${name}`,
    key: draft.key ?? randomUUID(),
    to: draft.to,
    from: isService ? (draft.from ?? name) : name,
    subject: clean(draft.subject) || "(no subject)",
    preview: clean(draft.preview),
    kind: isService ? "mail" : "note",
  });
}
