import type { Page } from 'playwright-core';
import { launch, newPage } from '../e2e/harness';
import { startProgram, type Program } from '../e2e/program';

/** A large agency: one group a client. */
const groups = 500;
const accounts = 5000;
/** How often each page is opened; the middle one counts. */
const rounds = 9;

/** A list that is opened: its address, the call that brings its rows, and what stands there once they are shown. */
interface List {
  name: string;
  path: string;
  call: string;
  shown: string;
}

const lists: readonly List[] = [
  { name: 'groups', path: '/accounts', call: 'Accounts.Groups', shown: 'a[href*="group="]' },
  {
    name: 'first page of all accounts',
    path: '/accounts?view=all',
    call: 'Accounts.List',
    shown: 'tbody tr [title^="client-"]',
  },
];

/**
 * Measures how long it takes from the moment a page's data has arrived until its rows are painted, in milliseconds, and
 * says it as one line of JSON a list, like the rest of `make bench`.
 */
export async function run(): Promise<void> {
  const program = await startProgram();
  const browser = await launch();
  try {
    await fill(program);
    for (const list of lists) {
      const page = await newPage(browser);
      await page.addInitScript(watch, list);
      const took: number[] = [];
      for (let i = 0; i < rounds; i++) took.push(await opened(program, page, list));
      const value = took.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
      const goal = 50;
      console.log(
        JSON.stringify({
          name: `show ${list.name}`,
          value: Math.round(value * 10) / 10,
          unit: 'ms',
          ratio: goal / value,
          goal,
        }),
      );
      await page.context().close();
    }
  } finally {
    await browser.close();
    await program.close();
  }
}

async function fill(program: Program): Promise<void> {
  const ids = await inParallel(groups, (i) => program.go.Accounts.CreateGroup(`Client ${pad(i, 3)}`));
  await inParallel(accounts, (i) =>
    program.go.Accounts.Create({
      group_id: ids[i % groups]!.id,
      group_name: '',
      name: `client-${pad(i, 4)}-web-shop`,
      key: '',
      default_sender: {},
    }),
  );
}

const pad = (n: number, digits: number) => String(n).padStart(digits, '0');

/** Sixteen at a time, so that the program's writes share commits. */
async function inParallel<T>(n: number, make: (i: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < n) {
      const i = next++;
      made[i] = await make(i);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return made;
}

/** Opens a list once, from the arrival of its data to the frame that shows it. */
async function opened(program: Program, page: Page, list: List): Promise<number> {
  await page.goto('about:blank');
  await page.goto(program.at(list.path));
  return page.evaluate(() => (window as unknown as Watched).shownAfterMs);
}

interface Watched {
  shownAfterMs: Promise<number>;
}

/** Runs in the page before its scripts: hears the answer of the call come in, and waits for the frame with its rows. */
function watch({ call, shown }: List): void {
  const [struct = '', method = ''] = call.split('.');
  let go: Window['go'];
  (window as unknown as Watched).shownAfterMs = new Promise((done) => {
    Object.defineProperty(window, 'go', {
      get: () => go,
      set(given: Window['go']) {
        go = given;
        const bound = given!.desktop![struct]!;
        const ask = bound[method]!;
        bound[method] = async (...args) => {
          const answer = await ask(...args);
          const arrived = performance.now();
          const look = () => {
            if (!document.querySelector(shown)) requestAnimationFrame(look);
            // This frame makes the rows; when the next begins, they have been painted.
            else requestAnimationFrame(() => done(performance.now() - arrived));
          };
          requestAnimationFrame(look);
          return answer;
        };
      },
    });
  });
}
