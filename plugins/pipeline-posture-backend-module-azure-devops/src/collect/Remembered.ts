import { Fact } from 'backstage-plugin-pipeline-posture-common';

/** Answers about the whole organisation that several projects need: asked once, shared for a while. */
export class Remembered {
  readonly #entries = new Map<
    string,
    { at: number; value: Promise<Fact<unknown>> }
  >();
  readonly #lifetimeMs: number;
  readonly #now: () => number;

  constructor(lifetimeMs = 10 * 60_000, now: () => number = Date.now) {
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  /**
   * The answer under this name; a refusal is not remembered.
   *
   * @param maxAgeMs - how old the answer may be, if less than for others
   */
  get<T>(
    name: string,
    ask: () => Promise<Fact<T>>,
    maxAgeMs = this.#lifetimeMs,
  ): Promise<Fact<T>> {
    const entry = this.#entries.get(name);
    if (entry && this.#now() - entry.at < maxAgeMs)
      return entry.value as Promise<Fact<T>>;
    const value = ask();
    this.#entries.set(name, { at: this.#now(), value });
    const forget = () => {
      if (this.#entries.get(name)?.value === value) this.#entries.delete(name);
    };
    value.then(fact => fact.known || forget(), forget);
    return value;
  }
}
