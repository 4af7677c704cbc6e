/** A set of actions, by their numbers in the action index. */
export class ActionSet {
  readonly #words: Uint32Array;

  static empty(size: number): ActionSet {
    return new ActionSet(new Uint32Array(Math.ceil(size / 32)));
  }

  private constructor(words: Uint32Array) {
    this.#words = words;
  }

  add(ids: Iterable<number>): this {
    for (const id of ids) this.#words[id >>> 5] |= 1 << (id & 31);
    return this;
  }

  has(id: number): boolean {
    return (this.#words[id >>> 5] & (1 << (id & 31))) !== 0;
  }

  get isEmpty(): boolean {
    for (let i = 0; i < this.#words.length; i++) {
      if (this.#words[i] !== 0) return false;
    }
    return true;
  }

  get size(): number {
    let count = 0;
    for (let word of this.#words) {
      while (word !== 0) {
        word &= word - 1;
        count += 1;
      }
    }
    return count;
  }

  /** The numbers in ascending order, at most `limit` of them. */
  ids(limit = Infinity): number[] {
    const found: number[] = [];
    for (let index = 0; index < this.#words.length; index++) {
      let word = this.#words[index];
      while (word !== 0) {
        if (found.length >= limit) return found;
        const bit = 31 - Math.clz32(word & -word);
        found.push(index * 32 + bit);
        word &= word - 1;
      }
    }
    return found;
  }

  union(other: ActionSet): ActionSet {
    return this.#combine(other, (a, b) => a | b);
  }

  intersect(other: ActionSet): ActionSet {
    return this.#combine(other, (a, b) => a & b);
  }

  minus(other: ActionSet): ActionSet {
    return this.#combine(other, (a, b) => a & ~b);
  }

  intersects(other: ActionSet): boolean {
    for (let i = 0; i < this.#words.length; i++) {
      if ((this.#words[i] & other.#words[i]) !== 0) return true;
    }
    return false;
  }

  containsAll(other: ActionSet): boolean {
    for (let i = 0; i < this.#words.length; i++) {
      if ((other.#words[i] & ~this.#words[i]) !== 0) return false;
    }
    return true;
  }

  #combine(
    other: ActionSet,
    operation: (a: number, b: number) => number,
  ): ActionSet {
    const words = new Uint32Array(this.#words.length);
    for (let i = 0; i < words.length; i++) {
      words[i] = operation(this.#words[i], other.#words[i]);
    }
    return new ActionSet(words);
  }
}
