import { Knex } from 'knex';
import { Checkpoints } from 'backstage-plugin-pipeline-posture-node';

interface CheckpointRow {
  scope_key: string;
  key: string;
  marker: string;
  value: string;
}

const LONGEST = 512;

/** `%` and `_` mean something to LIKE. */
const escapeLike = (text: string) =>
  text.replace(/[\\%_]/g, match => `\\${match}`);

/** What providers remember between runs, one memory for each scope. */
export class CheckpointStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  forScope(scopeKey: string): Checkpoints {
    const rows = () =>
      this.#knex<CheckpointRow>('checkpoints').where({ scope_key: scopeKey });
    return {
      get: async <T>(key: string, marker: string) => {
        const row = await rows().where({ key, marker }).first();
        return row && (JSON.parse(row.value) as T);
      },
      list: async <T>(prefix: string) => {
        const found = await rows().whereRaw(`?? like ? escape '\\'`, [
          'key',
          `${escapeLike(prefix)}%`,
        ]);
        return new Map(
          found.map(row => [
            row.key,
            { marker: row.marker, value: JSON.parse(row.value) as T },
          ]),
        );
      },
      set: async (key, marker, value) => {
        // What cannot be kept is read again.
        if (key.length > LONGEST || marker.length > LONGEST) return;
        await this.#knex('checkpoints')
          .insert({
            scope_key: scopeKey,
            key,
            marker,
            value: JSON.stringify(value),
          })
          .onConflict(['scope_key', 'key'])
          .merge();
      },
    };
  }

  async forget(scopeKey: string): Promise<void> {
    await this.#knex('checkpoints').where({ scope_key: scopeKey }).delete();
  }
}
