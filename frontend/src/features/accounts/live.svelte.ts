import { onChange } from '$lib/api';

/** A busy API tells of changes many times a second; nobody reads faster than this. */
const pauseMs = 2_000;

/** Refreshes what is shown when something of the topics changed: at once, then every two seconds, the last change included. */
export function useLive(topics: readonly string[], refresh: () => void): void {
  $effect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    let again = false;

    function changed() {
      again = true;
      if (pause === undefined) show();
    }

    function show() {
      pause = undefined;
      if (!again) return;
      again = false;
      refresh();
      pause = setTimeout(show, pauseMs);
    }

    const stops = topics.map((topic) => onChange(topic, changed));
    return () => {
      clearTimeout(pause);
      for (const stop of stops) stop();
    };
  });
}
