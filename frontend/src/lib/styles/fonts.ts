/** The longest that the first picture waits for its type. */
const patienceMs = 250;

/** Settles when the type faces are there, so that the window does not redraw itself in other widths after it opened. */
export async function fontsReady(): Promise<void> {
  const faces = ['Atkinson Hyperlegible Next Variable', 'Atkinson Hyperlegible Mono Variable'];
  const loaded = Promise.allSettled(faces.map((face) => document.fonts.load(`1em "${face}"`)));
  await Promise.race([loaded, new Promise((done) => setTimeout(done, patienceMs))]);
}
