export { createFaultProxy, type FaultProxyOptions } from "./proxy/create-fault-proxy.ts";
export { type FaultProxy } from "./proxy/fault-proxy.ts";
export { createFaultTunnel, type FaultTunnelOptions } from "./proxy/create-fault-tunnel.ts";
export { type FaultTunnel } from "./proxy/fault-tunnel.ts";
export { type Direction } from "./proxy/faults.ts";
export { type Target } from "./proxy/target.ts";

export { createFrameProxy, type FrameProxyOptions } from "./frame-proxy/create-frame-proxy.ts";
export { type MessageCounts, type FrameProxy } from "./frame-proxy/frame-proxy.ts";
