import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in for Royal Mail's Click & Drop, and can go away as a real courier does: nothing answers at its address then. */
export interface Stand {
  url: string;
  /** The references that it sold a label for, in order. They are the shipments' own. */
  sold: string[];
  leave: () => Promise<void>;
  comeBack: () => Promise<void>;
}

interface Order {
  orderReference: string;
  packages: unknown[];
}

export async function startStand(): Promise<Stand> {
  const sold: string[] = [];
  let server: Server | undefined;

  async function text(request: IncomingMessage): Promise<string> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return Buffer.concat(parts).toString();
  }

  function sell(order: Order): object {
    sold.push(order.orderReference);
    const n = sold.length;
    const code = (i: number) => `RM${String(n).padStart(8, '0')}${i}GB`;
    return {
      orderIdentifier: 40_000 + n,
      orderReference: order.orderReference,
      trackingNumber: code(0),
      packages: order.packages.map((_, i) => ({ packageNumber: i + 1, trackingNumber: code(i) })),
      label: Buffer.from(`%PDF-1.4\nlabel ${n}`).toString('base64'),
    };
  }

  async function listen(port: number): Promise<number> {
    const made = createServer((request, response) => {
      void text(request).then((body) => {
        response.setHeader('content-type', 'application/json');
        if (request.method !== 'POST') return response.end('{"orders":[]}');
        const { items } = JSON.parse(body) as { items: Order[] };
        const createdOrders = items.map(sell);
        response.end(JSON.stringify({ successCount: 1, errorsCount: 0, createdOrders, failedOrders: [] }));
      });
    });
    await new Promise<void>((done) => made.listen(port, '127.0.0.1', done));
    server = made;
    return (made.address() as AddressInfo).port;
  }

  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    sold,
    async leave() {
      const gone = server;
      server = undefined;
      if (!gone) return;
      gone.closeAllConnections();
      await new Promise<void>((done) => gone.close(() => done()));
    },
    async comeBack() {
      if (!server) await listen(port);
    },
  };
}
