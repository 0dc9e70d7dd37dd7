import { describe, expect, it } from "vitest";
import { play } from "./play.ts";

/** A log that throws while it is told to. */
function createAngryLog(): { isAngry: boolean; readonly options: object } {
  const log = {
    isAngry: false,
    options: {
      debug: true,
      debugLogger: () => {
        if (log.isAngry) throw new Error("oops");
      },
    },
  };
  return log;
}

describe("a debugLogger that throws", () => {
  it("stops nobody", () => {
    const log = createAngryLog();
    const { last, links, told, clock } = play(log.options);
    last.open();
    log.isAngry = true;
    last.end(1001);
    clock.advance(6_000);
    links.at(-1)?.open();
    expect(told).toEqual(["open 1", "close 1001 clean 3", "open 1"]);
  });

  it("within a method does not silence the socket for good", () => {
    const log = createAngryLog();
    const game = play(log.options);
    game.last.open();
    log.isAngry = true;
    game.socket.reconnect();
    game.clock.advance(6_000);
    game.last.open();
    game.last.end(1001);
    expect(game.told).toEqual(["open 1", "close 1000 clean 3", "open 1", "close 1001 clean 3"]);
  });
});

describe("a handler of dropped, while what was held leaves", () => {
  it("that sends does not overtake it", () => {
    const { socket, last } = play();
    for (const message of ["poison", "a", "b"]) socket.send(message);
    socket.addEventListener("dropped", () => void socket.send("later"));
    last.open();
    expect(last.sent).toEqual(["a", "b", "later"]);
  });

  it("that reconnects takes it along", () => {
    const game = play();
    const first = game.last;
    for (const message of ["poison", "a", "b"]) game.socket.send(message);
    game.socket.addEventListener("dropped", () => game.socket.reconnect());
    first.open();
    game.clock.advance(10);
    game.last.open();
    expect([first.sent, game.last.sent]).toEqual([[], ["a", "b"]]);
  });
});

describe("an end that is told late, when the next socket opens, as in a hidden tab whose timers are throttled", () => {
  it("has what its handler sends go out, in order", () => {
    const game = play();
    game.last.open();
    game.socket.reconnect();
    game.socket.addEventListener("close", () => void game.socket.send("resubscribe"), { once: true });
    game.last.open();
    game.socket.send("next");
    expect([game.told, game.last.sent, game.socket.bufferedAmount]).toEqual([
      ["open 1", "close 1000 clean 3", "open 1"],
      ["resubscribe", "next"],
      0,
    ]);
  });

  it("tells of no open when its handler has reconnected", () => {
    const game = play();
    game.last.open();
    game.socket.reconnect();
    game.socket.addEventListener("close", () => game.socket.reconnect(), { once: true });
    game.last.open();
    game.clock.advance(10);
    game.last.open();
    expect(game.told.filter((what) => what.startsWith("open"))).toEqual(["open 1", "open 1"]);
  });
});

describe("a provider that closes", () => {
  it("has nothing told within reconnect()", () => {
    let asked = 0;
    const game = play({
      url: () => {
        if (++asked === 2) game.socket.close();
        return "ws://peer.test/";
      },
    });
    game.socket.reconnect();
    expect(game.told).toEqual([]);
  });
});
