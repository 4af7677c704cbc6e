/** What is above groups and systems. It never changes. */
export class Hierarchy {
  readonly #parents: ReadonlyMap<string, string | undefined>;
  readonly #above = new Map<string, readonly string[]>();

  constructor(parents: ReadonlyMap<string, string | undefined>) {
    this.#parents = parents;
  }

  /** A group or system with everything above it, itself first. */
  withAbove(ref: string): readonly string[] {
    const known = this.#above.get(ref);
    if (known) return known;
    const places: string[] = [];
    for (
      let place: string | undefined = ref;
      place && !places.includes(place);
      place = this.#parents.get(place)
    ) {
      places.push(place);
    }
    this.#above.set(ref, places);
    return places;
  }

  /** The domain of an entity's system. */
  domainOf({ system }: { system?: string }): string | undefined {
    return system ? this.#parents.get(system) : undefined;
  }
}
