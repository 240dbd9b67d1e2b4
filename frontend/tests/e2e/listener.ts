import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a raw network printer does with what it is sent. */
type Manner = 'take' | 'drop' | 'off';

/** A raw network printer on loopback that keeps what it was sent. */
export class Listener {
  /** SHA-256 of each document that came whole. */
  readonly taken: string[] = [];
  #manner: Manner = 'take';
  /** So many documents are confirmed; what comes then is taken and not answered. */
  #confirmed = Infinity;
  #silent = new Set<Socket>();
  #server: Server;
  #port = 0;

  constructor() {
    this.#server = this.#made();
  }

  #made(): Server {
    return createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
  }

  #serve(socket: Socket): void {
    const hash = createHash('sha256');
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (this.#manner === 'drop') socket.resetAndDestroy();
      else hash.update(data);
    });
    let some = false;
    socket.on('data', () => (some = true));
    socket.on('end', () => {
      if (some) this.taken.push(hash.digest('hex'));
      if (some && this.taken.length > this.#confirmed) this.#silent.add(socket);
      else socket.end();
    });
  }

  /** Confirms so many documents more, then keeps silent about what it takes. */
  silentAfter(documents: number): void {
    this.#confirmed = this.taken.length + documents;
  }

  /** Confirms again whatever comes. */
  speak(): void {
    this.#confirmed = Infinity;
    for (const socket of this.#silent) socket.end();
    this.#silent.clear();
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Goes on; the second time on the same port. */
  async on(manner: 'take' | 'drop' = 'take'): Promise<void> {
    this.#manner = manner;
    if (this.#server.listening) return;
    this.#server = this.#made();
    await new Promise<void>((done) => this.#server.listen(this.#port, '127.0.0.1', done));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async off(): Promise<void> {
    this.#manner = 'off';
    await new Promise((done) => this.#server.close(done));
  }
}
