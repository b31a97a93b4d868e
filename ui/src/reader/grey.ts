/** Looks at a page's print: the page drawn small, in grey. */
import type { PageSize } from "../lib/backend";
import type { Sheet } from "../lib/bindings";
import type { Grey } from "./columns";

/** The white between two columns, three millimetres of a broadsheet, is nine pixels then. */
const mostHigh = 1500;
/** Who waits for it does not wait for longer, in milliseconds. */
const patience = 1500;

/** A page as one tile, which `address` says where to get. */
export async function greyOf(sheet: Sheet, address: (size: PageSize) => string): Promise<Grey> {
  const scale = Math.min(mostHigh, sheet.tileSize) / Math.max(sheet.width, sheet.height);
  const width = Math.max(1, Math.floor(sheet.width * scale));
  const height = Math.max(1, Math.floor(sheet.height * scale));
  const picture = new Image();
  // Its pixels may be read, since the shell says so to who asks as a stranger.
  picture.crossOrigin = "anonymous";
  picture.src = address({ width, height });
  await Promise.race([picture.decode(), new Promise((_, reject) => setTimeout(reject, patience))]);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  if (!drawing) throw new Error("no canvas to look at a page on");
  drawing.drawImage(picture, 0, 0, width, height);
  const { data } = drawing.getImageData(0, 0, width, height);
  const values = new Uint8Array(width * height);
  for (let at = 0; at < values.length; at++) {
    const [red, green, blue] = [data[4 * at] ?? 0, data[4 * at + 1] ?? 0, data[4 * at + 2] ?? 0];
    values[at] = (red * 77 + green * 150 + blue * 29) >> 8;
  }
  return { width, height, values };
}
