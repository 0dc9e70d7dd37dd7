import type { Link, LinkListener, Transport } from "@holdfast/core";

/**
 * Tells a server that chooses no subprotocol from one that is not there, for a browser tells both as 1006: to who offers none, only the
 * first opens. Then the close is 1002, as it is where a runtime tells. Until it has opened once, for then it is known what the server
 * speaks. PROTOCOL.md 2.1.
 */
export function askingTwice(transport: Transport): Transport {
  let isKnown = false;
  return {
    dial(request, listener) {
      let again: Link | undefined;
      const heard: LinkListener = {
        message: (data) => listener.message(data),
        heard: () => listener.heard(),
        opened() {
          isKnown = !again;
          if (isKnown) return listener.opened();
          again?.terminate();
          listener.closed({ code: 1002, reason: "", wasClean: false });
        },
        closed(close) {
          if (isKnown || again) return listener.closed(close);
          again = transport.dial({ ...request, protocols: [] }, heard);
          link.terminate = again.terminate;
        },
      };
      const link = transport.dial(request, heard);
      return link;
    },
  };
}
