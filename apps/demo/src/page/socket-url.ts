/** The address of one of the demo's sockets: that of this page, with another path. */
export function socketUrl(path: string): string {
  return new URL(path, location.origin.replace(/^http/, "ws")).href;
}
