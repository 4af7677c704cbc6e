import knexFactory, { Knex } from 'knex';
import { collectorOf } from './collectorOf';

/** What a replica says: that it can start, and its largest resident memory in bytes when everything is collected. */
export interface ReplicaNews {
  ready?: number;
  peak?: number;
}

/** What a replica is told. */
export interface ReplicaOrder {
  database: Knex.Config;
  urls: Record<string, string>;
}

/** Collects until no scope is left that nobody has collected. */
async function collect({ database, urls }: ReplicaOrder): Promise<void> {
  const knex = knexFactory(database);
  const collector = await collectorOf(knex, urls);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 200);
  process.send?.({ ready: 1 });
  await new Promise(go => process.once('message', go));
  for (;;) {
    await collector.poll();
    const [{ n }] = await knex('scopes')
      .whereNull('last_run_id')
      .count({ n: '*' });
    if (Number(n) === 0) break;
    await new Promise(next => setTimeout(next, 250));
  }
  clearInterval(watch);
  await knex.destroy();
  process.send?.({ peak });
}

process.once('message', (order: ReplicaOrder) => {
  collect(order).catch(error => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  });
});
