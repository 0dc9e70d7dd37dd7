export { createFaultProxy, type FaultProxyOptions } from "./proxy/create-fault-proxy.ts";
export { type FaultProxy } from "./proxy/fault-proxy.ts";
export { type Direction } from "./proxy/faults.ts";
export { type Target } from "./proxy/target.ts";
