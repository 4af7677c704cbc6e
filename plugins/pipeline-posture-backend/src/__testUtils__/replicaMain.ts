import { createSpecializedBackend } from '@backstage/backend-app-api';
import {
  coreServices,
  createServiceFactory,
  ServiceRef,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import azureModule from 'backstage-plugin-pipeline-posture-backend-module-azure-devops';
import knexFactory, { Knex } from 'knex';
import { pipelinePosturePlugin } from '../plugin';

/** What a replica is started with. */
export interface ReplicaOrder {
  database: Knex.Config;
  config: JsonObject;
  /** Entities of the catalog. */
  entities: Entity[];
  /** What the replica's clock says at the start, milliseconds since the epoch. */
  at: number;
  /** After how many statements to the database it says so. */
  tellAfter?: number;
}

/** What a replica is told later. */
export interface ReplicaCommand {
  /** Sets the clock, and does all recurring work once. */
  at?: number;
  /** Asks how many statements the database got. */
  count?: true;
}

/** What a replica says. */
export interface ReplicaNews {
  loaded?: true;
  reached?: true;
  /** All recurring work has been done once since the clock was set. */
  worked?: true;
  statements?: number;
}

const say = (news: ReplicaNews) => process.send?.(news);

/** The machine's clock: leases and intervals end when the test wants it, and the code under test is the product's. */
let shift = 0;
const RealDate = Date;
const setClock = (at: number) => {
  shift = at - RealDate.now();
};
globalThis.Date = class extends RealDate {
  constructor(...parts: [] | [number | string]) {
    if (parts.length === 0) super(RealDate.now() + shift);
    else super(...parts);
  }
  static override now() {
    return RealDate.now() + shift;
  }
} as DateConstructor;

const given = <T>(service: ServiceRef<T, 'plugin' | 'root'>, impl: object) =>
  createServiceFactory({
    service: service as ServiceRef<T, 'plugin'>,
    deps: {},
    factory: () => impl as T,
  });
/** A service that nothing of a collection depends on: whatever it is asked to do is done. */
const quiet = new Proxy(
  {},
  {
    // It is awaited, and must not look like a promise.
    get: (_, name) =>
      name === 'then' ? undefined : async () => ({ success() {} }),
  },
);
const logger = {
  debug() {},
  info() {},
  warn() {},
  error: (message: string) => process.stderr.write(`${message}\n`),
  child: () => logger,
};

let statements = 0;
const recurring: Array<() => Promise<void>> = [];

function databaseOf({ database, tellAfter }: ReplicaOrder): Knex {
  const knex = knexFactory(database);
  if (database.client !== 'pg') {
    const acquire = knex.client.acquireRawConnection.bind(knex.client);
    knex.client.acquireRawConnection = async () => {
      const raw = await acquire();
      raw.pragma('foreign_keys = on');
      raw.pragma('journal_mode = wal');
      return raw;
    };
  }
  knex.on('query', () => {
    statements += 1;
    if (statements === tellAfter) say({ reached: true });
  });
  return knex;
}

async function start(order: ReplicaOrder): Promise<void> {
  setClock(order.at);
  const knex = databaseOf(order);
  const startup: Array<() => Promise<void>> = [];
  const lifecycle = {
    addStartupHook: (hook: () => Promise<void>) => startup.push(hook),
    addShutdownHook() {},
    addBeforeShutdownHook() {},
    startup: async () => {
      for (const hook of startup.splice(0)) await hook();
    },
    shutdown: async () => {},
  };
  const instrument = { add() {}, record() {} };
  const span = { setAttribute() {}, setStatus() {} };
  const backend = createSpecializedBackend({
    defaultServiceFactories: [
      given(actionsRegistryServiceRef, { register() {} }),
      given(coreServices.auditor, {
        createEvent: async () => ({ success() {}, fail() {} }),
      }),
      given(coreServices.auth, quiet),
      given(coreServices.database, { getClient: async () => knex }),
      given(coreServices.httpAuth, quiet),
      given(coreServices.httpRouter, { use() {} }),
      given(coreServices.lifecycle, lifecycle),
      given(coreServices.logger, logger),
      given(coreServices.permissions, quiet),
      given(coreServices.permissionsRegistry, { addPermissions() {} }),
      given(coreServices.scheduler, {
        scheduleTask: async (task: {
          fn: (signal: AbortSignal) => Promise<void>;
        }) => recurring.push(() => task.fn(new AbortController().signal)),
      }),
      given(eventsServiceRef, quiet),
      given(notificationService, quiet),
      given(signalsServiceRef, quiet),
      given(catalogServiceRef, {
        async *streamEntities({ filter }: { filter: object }) {
          const groups = !Array.isArray(filter);
          yield order.entities.filter(
            ({ kind }) => (kind === 'Group') === groups,
          );
        },
      }),
      given(metricsServiceRef, {
        createCounter: () => instrument,
        createHistogram: () => instrument,
      }),
      given(tracingServiceRef, {
        startActiveSpan: (
          _name: string,
          _options: object,
          traced: (of: object) => unknown,
        ) => traced(span),
      }),
      ...[
        [coreServices.rootConfig, new ConfigReader(order.config)] as const,
        [coreServices.rootLogger, logger] as const,
        [coreServices.rootLifecycle, lifecycle] as const,
      ].map(([service, impl]) =>
        createServiceFactory({
          service: service as ServiceRef<object, 'root'>,
          deps: {},
          factory: () => impl,
        }),
      ),
    ],
  });
  backend.add(pipelinePosturePlugin);
  backend.add(azureModule);
  await backend.start();
  await work();
}

/** What Backstage's scheduler would have this replica do by now. */
async function work() {
  await Promise.all(
    recurring.map(task =>
      task().catch(error => {
        process.stderr.write(`${error.stack ?? error}\n`);
      }),
    ),
  );
  say({ worked: true });
}

// Whoever started it is gone, and with it where it writes to: it would complain about that for ever.
process.once('disconnect', () => process.exit());
process.once('message', (order: ReplicaOrder) => {
  process.on('message', ({ at, count }: ReplicaCommand) => {
    if (count) say({ statements });
    if (at === undefined) return;
    setClock(at);
    work();
  });
  start(order).catch(error => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  });
});
say({ loaded: true });
