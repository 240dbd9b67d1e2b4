// Renders ZPL for the label tests: one JSON object a line in, {"zpl","width","height","dpmm"} (sizes in millimetres,
// dpmm 8 or 12), one a line out, {"pages":[base64 PNG, …]} or {"error"}. It ends with its input.
import { createInterface } from "node:readline";
import { ready } from "zpl-renderer-js";

const { api } = await ready;

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { zpl, width, height, dpmm } = JSON.parse(line);
    answer = { pages: await api.zplToBase64MultipleAsync(zpl, width, height, dpmm) };
  } catch (error) {
    answer = { error: String(error?.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
process.exit(0); // the renderer's own timers would keep the process
