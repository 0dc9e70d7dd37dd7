import { createClient } from "@holdfast/node";
import { expect, test } from "vitest";
import { contract } from "../src/shared/contract.ts";
import { patience } from "../src/shared/patience.ts";
import { isUntold, listeningPorts } from "./listening-ports.ts";
import { Person } from "./person.ts";
import { DemoProcess } from "./run-demo.ts";

test.skipIf(isUntold)(
  "everything is on one port, in the middle of a comparison and of a fault, too",
  async () => {
    await using demo = new DemoProcess("--port", "0");
    const url = await demo.printed(/^Open (\S+)$/);
    const port = Number(new URL(url).port);
    await demo.printed(/OPEN/);
    expect(listeningPorts(demo.pid)).toEqual([port]);

    const ada = await Person.signIn(url, "Ada");
    const { id, token, socketPath } = await ada.compare();
    await using compared = createClient(contract, {
      ...patience,
      url: new URL(socketPath, url),
      credential: { token, page: id },
      log: "off",
    });
    await using talking = ada.enter("Ada's page");
    await Promise.all([compared.call("ledger"), talking.call("ledger")]);
    await ada.cause("cut");
    await talking.call("ledger");
    await ada.cause("restart");
    await Promise.all([compared.call("ledger"), talking.call("ledger")]);
    expect(listeningPorts(demo.pid)).toEqual([port]);
  },
);
