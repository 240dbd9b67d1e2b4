import { launch, newPage } from '../e2e/harness';
import { startProgram } from '../e2e/program';
import { seed, ship } from '../e2e/seed';

/** Rows enough for several pages of the list to be fetched on the way. */
const shipments = 608;
/** Rows that pass in one frame: a quick turn of the wheel, a pull at the bar. */
const speeds = [4, 12];

/** Measures in how many frames of a scroll through the shipments every place in sight holds a row. */
export async function run(): Promise<void> {
  const program = await startProgram();
  const browser = await launch();
  try {
    const seeded = await seed(program);
    for (let i = 0; i < shipments; i += 16) {
      await Promise.all(Array.from({ length: 16 }, (_, n) => ship(program, seeded, { reference: `SCROLL-${i + n}` })));
    }
    for (const speed of speeds) {
      const page = await newPage(browser);
      await page.goto(program.at('/shipments'));
      await page.locator('tbody tr[aria-rowindex]').first().waitFor();
      const { frames, whole } = await page.evaluate(scroll, speed);
      const value = Math.round((1000 * whole) / frames) / 10;
      const name = `window scroll, ${speed} rows a frame, ${frames} frames: those without a blank row`;
      console.log(JSON.stringify({ name, value, unit: '%', ratio: value / 100, goal: 100 }));
      await page.context().close();
    }
  } finally {
    await browser.close();
    await program.close();
  }
}

/** Runs in the page: scrolls to the end of what can be had, and looks at each frame as it will be painted. */
async function scroll(speed: number): Promise<{ frames: number; whole: number }> {
  const table = document.querySelector('table[role="grid"]')!;
  const box = table.parentElement!;
  const row = table.querySelector('tbody tr[aria-rowindex]')!.getBoundingClientRect().height;
  const { left, top, bottom } = box.getBoundingClientRect();
  const seen = { frames: 0, whole: 0 };
  let still = 0;
  while (still < 10) {
    await new Promise(requestAnimationFrame);
    const before = box.scrollTop;
    box.scrollTop += speed * row;
    still = box.scrollTop === before ? still + 1 : 0;
    if (still) continue;
    let whole = true;
    // Below the head, which stays, and above the edge.
    for (let y = top + 1.5 * row; y < bottom - 2 && whole; y += row / 2) {
      whole = !!document.elementFromPoint(left + 100, y)?.closest('tr[aria-rowindex]');
    }
    seen.frames++;
    if (whole) seen.whole++;
  }
  return seen;
}
