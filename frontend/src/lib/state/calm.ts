/**
 * Runs at once, and at most once in `ms`: what comes in between is run at the end of it. `stop` forgets what waits.
 */
export function calm(run: () => void, ms: number): { run: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  function rested() {
    timer = undefined;
    if (waiting) now();
  }
  function now() {
    waiting = false;
    timer = setTimeout(rested, ms);
    run();
  }
  return {
    run: () => {
      if (timer) waiting = true;
      else now();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      waiting = false;
    },
  };
}
