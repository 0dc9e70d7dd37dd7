// What any runtime can import. Node's own is in `./node`, what needs vitest in `./contracts`.
export { virtualClock, type VirtualClock, type VirtualClockOptions } from "./clock/virtual-clock.ts";
export { seededRandom, type SeededRandom } from "./random/seeded-random.ts";
export { type LinkPhase, type ScriptedLink } from "./transport/scripted-link.ts";
export {
  scriptedTransport,
  type ScriptedTransport,
  type ScriptedTransportOptions,
} from "./transport/scripted-transport.ts";
export { checkContract, type ContractFinding } from "./wire/check-contract.ts";
export { type Accept, type ServerEnd, SimulatedNetwork } from "./pair/simulated-network.ts";
export {
  type KnowingTestPairOptions,
  testPair,
  type TestPair,
  type TestPairOptions,
} from "./pair/test-pair.ts";
