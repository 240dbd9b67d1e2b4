/** How long a revealed secret stays in sight. */
export const secretShownMs = 30_000;
