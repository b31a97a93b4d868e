/** Small pictures of pages, decoded before they are looked at. */

/** A picture that can be painted at once. */
export async function decoded(address: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}

/** The small pictures of the pages that lie open and of those to either side, by their addresses. */
export class Previews {
  readonly #known = new Map<string, Promise<HTMLImageElement>>();

  of(address: string): Promise<HTMLImageElement> {
    const known = this.#known.get(address);
    if (known) return known;
    const picture = decoded(address);
    this.#known.set(address, picture);
    // One that did not come is asked for again.
    picture.catch(() => this.#known.delete(address));
    return picture;
  }

  /** Lets go of all others. */
  keep(addresses: readonly string[]): void {
    for (const address of this.#known.keys()) if (!addresses.includes(address)) this.#known.delete(address);
  }
}
