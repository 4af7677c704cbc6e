import { Knex } from 'knex';

/** Short names of controls, the same in every replica and for ever. */
export class ControlNumbers {
  readonly #knex: Knex;
  #numbers = new Map<string, number>();
  #ids = new Map<number, string>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Makes sure that every one of these controls has a number. */
  async ensure(controlIds: readonly string[]): Promise<void> {
    const missing = () => controlIds.filter(id => !this.#numbers.has(id));
    if (missing().length === 0) return;
    await this.#read();
    const added = missing();
    if (added.length === 0) return;
    await this.#knex('control_numbers')
      .insert(added.map(control_id => ({ control_id })))
      .onConflict('control_id')
      .ignore();
    await this.#read();
  }

  async #read(): Promise<void> {
    const rows: Array<{ number: number; control_id: string }> =
      await this.#knex('control_numbers');
    this.#numbers = new Map(rows.map(row => [row.control_id, row.number]));
    this.#ids = new Map(rows.map(row => [row.number, row.control_id]));
  }

  /** @throws Error for a control that was not ensured before */
  numberOf = (controlId: string): number => {
    const number = this.#numbers.get(controlId);
    if (number === undefined)
      throw new Error(`Control ${controlId} has no number`);
    return number;
  };

  /** Number of a control that may be unknown here. */
  find = (controlId: string): number | undefined =>
    this.#numbers.get(controlId);

  /** All ids by number, read anew: another replica may have other controls. */
  async ids(): Promise<ReadonlyMap<number, string>> {
    await this.#read();
    return this.#ids;
  }
}
