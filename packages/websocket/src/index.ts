export { ReconnectingWebSocket } from "./reconnecting-websocket.ts";
export { type Message, type Options, type ProtocolsProvider, type UrlProvider } from "./options.ts";
export { type SocketErrorEvent, type SocketEventMap } from "./events/socket-event-target.ts";
export { type SocketClass, type SocketLike } from "./socket-like.ts";
export { type Clock } from "@holdfast/core/driver";
