import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Port } from '../../src/lib/api/port';

/** The program with its screens in a browser: `make e2e` builds it. */
const bridge = process.env.PACKBENCH_BRIDGE ?? '../out/packbench-bridge';
const screens = process.env.PACKBENCH_SCREENS ?? 'dist';

export interface Program {
  /** The address of a screen ("/shipments"), with the token that lets the browser in. */
  at: (path: string) => string;
  /** What the screens may ask, asked by the test. */
  go: Port;
  /** Answers the next file dialog with a new path of this name, and gives the path. */
  saveAs: (name: string) => Promise<string>;
  /** Ends it in the middle of whatever it does, as a power cut would. */
  kill: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Starts the real program on a data folder of its own, which is gone after `close`; `more` goes to the bridge's command. With
 * `-data-dir` the folder is the test's: another program can be started on it.
 */
export async function startProgram(more: readonly string[] = []): Promise<Program> {
  if (!existsSync(bridge)) throw new Error(`There is no program at ${bridge}. Build it and run the tests: make e2e.`);
  const folder = mkdtempSync(join(tmpdir(), 'packbench-e2e-'));
  const child = spawn(bridge, ['-screens', screens, ...more], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder },
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const said = await Promise.race([firstLine(child.stdout), ended]);
  if (!said) throw new Error('The program ended before it was ready. Its last words are above.');
  const { url, token } = JSON.parse(said) as { url: string; token: string };

  async function post<T>(path: string, body: unknown): Promise<T> {
    const answer = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Bridge-Token': token },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as T;
  }

  async function call(struct: string, method: string, args: unknown[]): Promise<unknown> {
    const { value, error } = await post<{ value: unknown; error: string | null }>('/bridge/call', {
      struct,
      method,
      args,
    });
    if (error !== null) throw new Error(`${struct}.${method}: ${error}`);
    return value;
  }

  const go = proxy((struct) =>
    proxy(
      (method) =>
        (...args: unknown[]) =>
          call(struct, method, args),
    ),
  ) as Port;
  await ready(go);
  return {
    at: (path) => `${url}#${path}`,
    go,
    async saveAs(name) {
      const path = join(folder, name);
      await post('/bridge/answer', { paths: [path] });
      return path;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
    async close() {
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((done) => createInterface(stream).once('line', done));
}

function proxy(make: (name: string) => unknown): unknown {
  return new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : make(String(name))) });
}

/** The start answers at once and opens the data folder behind it. */
async function ready(go: Port): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const now = await go.System.State();
    if (now.state === 'ready') return;
    if (now.state !== 'starting') throw new Error(`The program is ${now.state}: ${now.error?.message ?? ''}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The program did not start within a minute.');
}
