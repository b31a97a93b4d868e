/** The page's picture on the desk: the only file that knows OpenSeadragon. */
import OpenSeadragon from "openseadragon";
import type { Sheet } from "../lib/bindings";
import { mostZoom, percent, tileLevels, type Rect } from "./geometry";
import type { PageSize } from "../lib/backend";
import { density } from "../shared/density";

// The drawer's canvas has as many pixels as the screen has, also where the window is scaled.
const drawer = OpenSeadragon as unknown as { getCurrentPixelDensityRatio: () => number; pixelDensityRatio: number };
drawer.getCurrentPixelDensityRatio = density;

/** Where the pictures of one page come from. */
export type PagePictures = {
  readonly number: string;
  readonly width: number;
  readonly height: number;
  readonly preview: string;
  readonly sheet: Promise<Sheet>;
  /** A tile of the whole page drawn so large. */
  readonly tile: (size: PageSize, x: number, y: number) => string;
};

export type Sharpness = "preview" | "sharp";

export type ViewerEvents = {
  /** Every frame in which the page moved: where it is in the viewer, in CSS pixels. */
  moved(page: Rect): void;
  /** The movement ended. */
  rested(): void;
  /** The desk became larger or smaller: the page moved although nobody moved it. */
  resized(): void;
  clicked(x: number, y: number): void;
  /** A finger pushed a whole page aside. */
  swiped(step: 1 | -1): void;
  shown(number: string, sharpness: Sharpness): void;
  /** The sharp sheet did not open; `preview` tells whether there is at least the small picture. */
  failed(number: string, preview: boolean): void;
};

/** Air between the page and the edges of the desk. */
const margin = 14;
/** How long a page waits for its sheet's exact shape before its preview is shown in the shape that the site told. */
const shapePatience = 80;
/** After this long the sharp tiles are shown as they come, instead of all at once. */
const sharpPatience = 900;
/** A desk that is still changing its size is not drawn for yet. */
const resizePatience = 200;

/** A picture already here, stretched to the page's exact shape, so that preview and sheet lie upon each other. */
class HeldPicture extends OpenSeadragon.TileSource {
  readonly #picture: HTMLImageElement;

  constructor(picture: HTMLImageElement, aspect: number) {
    const width = 8192;
    super({ width, height: Math.round(width * aspect), tileSize: width * 4, minLevel: 0, maxLevel: 0 });
    this.#picture = picture;
  }

  override getTileUrl(): string {
    return this.#picture.src;
  }

  override downloadTileStart(job: OpenSeadragon.ImageJob): void {
    // OpenSeadragon's types miss the job's `finish`, which its documentation asks for.
    (job as unknown as { finish(data: unknown, request: null, type: string): void }).finish(this.#picture, null, "image");
  }
}

export class Viewer {
  readonly #osd: OpenSeadragon.Viewer;
  readonly #events: ViewerEvents;
  readonly #still: boolean;
  readonly #resizes: ResizeObserver;
  #aspect = Math.SQRT2;
  #sheetWidth = 0;
  #turn = 0;
  #fitted = true;
  #open = false;
  #pressed: { x: number; y: number } | null = null;
  /** Draws the page that is open for the screen's pixels, if it is not. */
  #sharpen: (() => Promise<void>) | null = null;
  /** The fitted page's width, in the screen's pixels, that the tiles shown were drawn for. */
  #drawnFor = 0;
  #drawing = 0;
  #resizing: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, events: ViewerEvents, still: boolean) {
    this.#events = events;
    this.#still = still;
    drawer.pixelDensityRatio = density();
    const gestures = { clickToZoom: false, dblClickToZoom: false, scrollToZoom: false, pinchRotate: false };
    this.#osd = new OpenSeadragon.Viewer({
      element,
      // The WebGL drawer is blank or slow in WebKit.
      drawer: "canvas",
      showNavigationControl: false,
      animationTime: still ? 0 : 0.18,
      springStiffness: 7,
      blendTime: 0,
      immediateRender: true,
      visibilityRatio: 1,
      constrainDuringPan: true,
      // Its own way of keeping a view through a resize undoes a whole page (see #resized).
      autoResize: false,
      imageLoaderLimit: 4,
      maxImageCacheCount: 120,
      clickTimeThreshold: 600,
      clickDistThreshold: 6,
      gestureSettingsMouse: gestures,
      gestureSettingsPen: gestures,
      gestureSettingsTouch: { ...gestures, pinchToZoom: true, flickEnabled: true },
    });
    // Keys are the program's own (app/commands.ts), whatever has the focus.
    const tracker = (this.#osd as unknown as { innerTracker: Record<string, unknown> }).innerTracker;
    tracker["keyDownHandler"] = null;
    tracker["keyHandler"] = null;
    this.#osd.canvas.removeAttribute("tabindex");

    this.#osd.addHandler("viewport-change", () => this.#moved());
    this.#osd.addHandler("animation-finish", () => this.#rested());
    this.#resizes = new ResizeObserver(() => this.#resized());
    this.#resizes.observe(element);
    this.#osd.addHandler("canvas-press", ({ position }) => (this.#pressed = { x: position.x, y: position.y }));
    this.#osd.addHandler("canvas-drag", () => this.#hold());
    this.#osd.addHandler("canvas-pinch", () => (this.#fitted = false));
    this.#osd.addHandler("canvas-click", ({ quick, position }) => {
      if (quick) this.#events.clicked(position.x, position.y);
    });
    this.#osd.addHandler("canvas-drag-end", ({ position, pointerType }) => {
      if (pointerType === "touch") this.#swiped(position.x, position.y);
    });
  }

  destroy(): void {
    this.#turn++;
    clearTimeout(this.#resizing);
    this.#resizes.disconnect();
    this.#osd.destroy();
  }

  /** Shows a page: its preview at once, whole, in place of what was there; the sharp sheet upon it when that is ready. */
  async show(page: PagePictures): Promise<void> {
    const turn = ++this.#turn;
    this.#sharpen = null;
    this.#drawnFor = 0;
    const stale = () => turn !== this.#turn;
    const known = await Promise.race([page.sheet.catch(() => null), after(shapePatience)]);
    const picture = await loaded(page.preview).catch(() => null);
    if (stale()) return;

    const aspect = known ? known.height / known.width : page.height / page.width;
    const before = this.#items();
    const preview = picture && (await this.#add(new HeldPicture(picture, aspect)));
    if (preview) await Promise.race([fullyLoaded(preview), after(sharpPatience)]);
    if (stale()) {
      if (preview) this.#osd.world.removeItem(preview);
      return;
    }
    this.#aspect = aspect;
    this.#sheetWidth = known?.width ?? 0;
    preview?.setOpacity(1);
    for (const item of before) this.#osd.world.removeItem(item);
    this.#open = true;
    this.whole(true);
    this.#events.shown(page.number, "preview");

    try {
      const sheet = await page.sheet;
      if (stale()) return;
      this.#sheetWidth = sheet.width;
      this.#aspect = sheet.height / sheet.width;
      if (this.#fitted) this.whole(true);
      else this.#limit();
      this.#sharpen = async () => {
        const sharp = await this.#drawn(page, sheet, stale);
        if (sharp) this.#events.shown(page.number, "sharp");
      };
      await this.#sharpen();
    } catch {
      if (!stale()) this.#events.failed(page.number, preview !== null);
    }
  }

  /**
   * The sheet's tiles for this screen's pixels, upon what is shown. The tiles before them go when these are all here,
   * so that nothing flashes.
   */
  async #drawn(page: PagePictures, sheet: Sheet, stale: () => boolean): Promise<boolean> {
    const fit = Math.round(this.#wholeZoom() * this.#size().width * density());
    if (fit === this.#drawnFor) return true;
    const drawing = ++this.#drawing;
    const outdated = () => stale() || drawing !== this.#drawing;
    const levels = tileLevels(fit, sheet);
    const top = levels.at(-1) as PageSize;
    const sharp = await this.#add({
      width: top.width,
      height: top.height,
      tileSize: sheet.tileSize,
      tileOverlap: 0,
      minLevel: 0,
      maxLevel: levels.length - 1,
      getTileUrl: (level: number, x: number, y: number) => page.tile(levels[level] as PageSize, x, y),
    });
    const complete = fullyLoaded(sharp);
    await Promise.race([complete, after(sharpPatience)]);
    if (outdated()) {
      this.#osd.world.removeItem(sharp);
      return false;
    }
    sharp.setOpacity(1);
    await complete;
    if (outdated()) return false;
    // What lies under it is the preview, which stays, and tiles for another size of the desk, which go.
    for (const item of this.#items().slice(0, -1)) if (!(item.source instanceof HeldPicture)) this.#osd.world.removeItem(item);
    this.#drawnFor = fit;
    return true;
  }

  /** Takes the page from the desk. */
  clear(): void {
    this.#turn++;
    this.#sharpen = null;
    this.#open = false;
    this.#osd.world.removeAll();
  }

  /** Where the page is in the viewer now, in CSS pixels. */
  get page(): Rect {
    const { width } = this.#size();
    const corner = this.#osd.viewport.pixelFromPoint(new OpenSeadragon.Point(0, 0), true);
    const shown = width * this.#osd.viewport.getZoom(true);
    return { left: corner.x, top: corner.y, width: shown, height: shown * this.#aspect };
  }

  /** How much bigger the page is, or is becoming, than when it fits whole. */
  get factor(): number {
    return this.#osd.viewport.getZoom(false) / this.#wholeZoom();
  }

  get percent(): number {
    return percent(this.#osd.viewport.getZoom(false), this.#wholeZoom());
  }

  /** The whole page, in the middle. */
  whole(atOnce = false): void {
    this.#fitted = true;
    this.#go(this.#wholeZoom(), new OpenSeadragon.Point(0.5, this.#aspect / 2), atOnce);
  }

  /** Zooms to a multiple of the whole page, the middle of what is seen staying where it is. */
  zoomTo(factor: number): void {
    const { width, height } = this.#size();
    this.#zoomAt(width / 2, height / 2, this.#wholeZoom() * factor, false);
  }

  /** Zooms by a factor; what is under the point stays there. */
  zoomBy(factor: number, x: number, y: number): void {
    this.#zoomAt(x, y, this.#osd.viewport.getZoom(false) * factor, false);
  }

  /** Moves the page by so many pixels. */
  pan(dx: number, dy: number): void {
    const by = this.#osd.viewport.deltaPointsFromPixels(new OpenSeadragon.Point(dx, dy), false);
    const centre = this.#osd.viewport.getCenter(false);
    this.#go(this.#osd.viewport.getZoom(false), centre.plus(by), false);
  }

  /** Shows a block of the page, in fractions of it, as large as it can be. */
  showBlock(block: Rect): void {
    const { width, height } = this.#size();
    const zoom = Math.min((width - 2 * margin) / (block.width * width), (height - 2 * margin) / (block.height * this.#aspect * width));
    const centre = new OpenSeadragon.Point(block.left + block.width / 2, (block.top + block.height / 2) * this.#aspect);
    this.#fitted = false;
    this.#go(zoom, centre, false);
  }

  #size(): { width: number; height: number } {
    const size = this.#osd.viewport.getContainerSize();
    return { width: Math.max(1, size.x), height: Math.max(1, size.y) };
  }

  /** The zoom (1 = the page as wide as the viewer) at which the whole page is seen. */
  #wholeZoom(): number {
    const { width, height } = this.#size();
    const room = Math.max(40, Math.min(width - 2 * margin, (height - 2 * margin) / this.#aspect));
    // Whole pixels of the screen, which the tiles are drawn for.
    return Math.floor(room * density()) / density() / width;
  }

  #zoomAt(x: number, y: number, wanted: number, atOnce: boolean): void {
    const whole = this.#wholeZoom();
    const zoom = Math.min(this.#mostZoom(), Math.max(whole / 2, wanted));
    if (Math.abs(zoom / whole - 1) < 0.02) {
      this.whole(atOnce);
      return;
    }
    // The springs are still on the way: the point is taken from where they go, else it drifts during fast wheeling.
    const point = this.#osd.viewport.pointFromPixel(new OpenSeadragon.Point(x, y), false);
    const centre = this.#osd.viewport.getCenter(false);
    const scale = this.#osd.viewport.getZoom(false) / zoom;
    this.#fitted = false;
    this.#go(zoom, point.plus(centre.minus(point).times(scale)), atOnce);
  }

  /** Moves to a zoom and a centre, the page kept in sight, and in the middle of an axis on which it fits. */
  #go(zoom: number, centre: OpenSeadragon.Point, atOnce: boolean): void {
    this.#limit();
    const { width, height } = this.#size();
    const zoomed = Math.min(this.#mostZoom(), zoom);
    const seenWidth = 1 / zoomed;
    const seenHeight = height / width / zoomed;
    // The page's edge lies between two of the screen's pixels, so that the tiles' pixels lie upon them.
    const shown = width * zoomed;
    const snapped = (seen: number, middle: number) => {
      const pixels = density();
      const edge = Math.round((seen / 2 - middle * shown) * pixels) / pixels;
      return (seen / 2 - edge) / shown;
    };
    const kept = new OpenSeadragon.Point(
      snapped(width, within(centre.x, seenWidth, 1)),
      snapped(height, within(centre.y, seenHeight, this.#aspect)),
    );
    const still = atOnce || this.#still;
    this.#osd.viewport.zoomTo(zoomed, undefined, still);
    this.#osd.viewport.panTo(kept, still);
    this.#hold();
    if (still) this.#moved();
  }

  #mostZoom(): number {
    const whole = this.#wholeZoom();
    return whole * mostZoom(this.#sheetWidth, whole * this.#size().width, density());
  }

  /** Tells OpenSeadragon the limits, for the pinches that it handles itself. */
  #limit(): void {
    const limits = this.#osd.viewport as unknown as { minZoomLevel: number; maxZoomLevel: number };
    limits.minZoomLevel = this.#wholeZoom() / 2;
    limits.maxZoomLevel = this.#mostZoom();
  }

  /** Dragging moves the page only along an axis on which it is larger than the desk. */
  #hold(): void {
    const { width, height } = this.#size();
    const shown = width * this.#osd.viewport.getZoom(false);
    const axes = this.#osd as unknown as { panHorizontal: boolean; panVertical: boolean };
    axes.panHorizontal = shown > width;
    axes.panVertical = shown * this.#aspect > height;
  }

  #moved(): void {
    if (this.#open) this.#events.moved(this.page);
  }

  #resized(): void {
    const { clientWidth, clientHeight } = this.#osd.element;
    const size = this.#size();
    if (clientWidth === 0 || clientHeight === 0 || (clientWidth === size.width && clientHeight === size.height)) return;
    this.#osd.viewport.resize(new OpenSeadragon.Point(clientWidth, clientHeight), true);
    this.#events.resized();
    if (this.#fitted) this.whole(true);
    else this.#go(this.#osd.viewport.getZoom(true), this.#osd.viewport.getCenter(true), true);
    this.#osd.forceRedraw();
    this.#rested();
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => void this.#sharpen?.().catch(() => undefined), resizePatience);
  }

  #rested(): void {
    // A pinch may leave the page aside although it would fit.
    if (!this.#fitted && this.factor < 1) this.whole();
    this.#moved();
    this.#events.rested();
  }

  #swiped(x: number, y: number): void {
    if (!this.#pressed || !this.#fitted) return;
    const dx = x - this.#pressed.x;
    const dy = y - this.#pressed.y;
    if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) this.#events.swiped(dx < 0 ? 1 : -1);
  }

  #items(): OpenSeadragon.TiledImage[] {
    const { world } = this.#osd;
    return Array.from({ length: world.getItemCount() }, (_, index) => world.getItemAt(index));
  }

  /** Adds a picture upon the others, unseen, and loading. */
  #add(tileSource: object): Promise<OpenSeadragon.TiledImage> {
    return new Promise((resolve, reject) => {
      this.#osd.addTiledImage({
        tileSource,
        x: 0,
        y: 0,
        width: 1,
        opacity: 0,
        preload: true,
        success: (event: Event) => resolve((event as unknown as { item: OpenSeadragon.TiledImage }).item),
        error: (event: Event) => reject(new Error((event as unknown as { message?: string }).message ?? "the page's picture was refused")),
      } as unknown as Parameters<OpenSeadragon.Viewer["addTiledImage"]>[0]);
    });
  }
}

/** The middle of what is seen along one axis, so that nothing but page is seen, or all of the page. */
function within(centre: number, seen: number, length: number): number {
  if (seen >= length) return length / 2;
  return Math.min(length - seen / 2, Math.max(seen / 2, centre));
}

async function loaded(address: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}

function fullyLoaded(item: OpenSeadragon.TiledImage): Promise<void> {
  return new Promise((resolve) => item.whenFullyLoaded(() => resolve()));
}

function after(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}
