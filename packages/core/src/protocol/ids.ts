/** One physical socket, from dial to close. Never reused, so an event of an old link names its own irrelevance. */
export type LinkId = number & { readonly brand: "LinkId" };

/** The id of no link at all: what a connection holds before its first dial. */
export const noLink: LinkId = 0 as LinkId;

/** The id that follows. */
export function nextLink(link: LinkId): LinkId {
  return (link + 1) as LinkId;
}
