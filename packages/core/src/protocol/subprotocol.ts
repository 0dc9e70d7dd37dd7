/** The subprotocol of version 1. PROTOCOL.md section 2. */
export const subprotocol = "holdfast.1";
