import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  PipelinePostureClient,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import express, { Router } from 'express';
import { setTimeout as pause } from 'node:timers/promises';
import { SeededExemptions } from './exemptions';
import { Fault, NO_CHECKS, unreadable } from './faults';
import { PEOPLE } from './people';
import { PIPELINES, SCOPES, UNLINKED } from './fleet';
import { World } from './World';

const DAY_MS = 86_400_000;
/** Days before today on which the fleet was read, so that there is a history. */
const READ_ON = [28, 14, 12, 10, 9, 8, 7, 6, 3, 2, 1, 0];

const VARIANTS: Record<string, Fault> = {
  'leaks-unknown': snapshot => ({ ...snapshot, leaks: unknown(NO_CHECKS) }),
  'sources-unknown': snapshot => ({ ...snapshot, sources: unknown(NO_CHECKS) }),
  unreadable: unreadable(NO_CHECKS),
};

function setClock(moment: Date) {
  const { setSeededClock } = globalThis as {
    setSeededClock?: (to: Date) => void;
  };
  if (!setSeededClock) {
    throw new Error('Start this backend with "node --require seededClock.cjs"');
  }
  setSeededClock(moment);
}

/** Writes a history, then lets tests turn the world. Never part of a product. */
export const createControlPlugin = (world: World) =>
  createBackendPlugin({
    pluginId: 'seeded',
    register(env) {
      let ready = false;
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          discovery: coreServices.discovery,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.rootLifecycle,
          logger: coreServices.logger,
        },
        async init({ auth, discovery, httpRouter, lifecycle, logger }) {
          const client = new PipelinePostureClient({ discoveryApi: discovery });
          const token = async () =>
            (
              await auth.getPluginRequestToken({
                onBehalfOf: await auth.getOwnServiceCredentials(),
                targetPluginId: 'pipeline-posture',
              })
            ).token;
          const readSince = async (moment: Date) => {
            for (;;) {
              const scopes = await client.listScopes({ token: await token() });
              const read = scopes.filter(
                ({ state, lastRun }) =>
                  state !== 'running' &&
                  lastRun?.finishedAt !== undefined &&
                  new Date(lastRun.startedAt) >= moment,
              );
              if (read.length === SCOPES.length) return;
              for (const scope of scopes) {
                if (!read.includes(scope) && scope.state !== 'running') {
                  await client.runScope(scope.id, { token: await token() });
                }
              }
              await pause(500);
            }
          };
          const linked = async () => {
            for (;;) {
              const { total } = await client.listPipelines(
                { linked: true, size: 1 },
                { token: await token() },
              );
              if (total === PIPELINES - UNLINKED) return;
              await pause(500);
            }
          };
          // The numbers of groups are kept by a recurring task; without them there is no trend.
          const noted = async (day: string) => {
            const base = await discovery.getBaseUrl('pipeline-posture');
            for (let tries = 0; tries < 120; tries += 1) {
              // A task that is running cannot be started: it may have begun before the day did.
              if (tries % 10 === 0)
                await fetch(
                  `${base}/.backstage/scheduler/v1/tasks/pipeline-posture-upkeep/trigger`,
                  {
                    method: 'POST',
                    headers: { Authorization: `Bearer ${await token()}` },
                  },
                );
              const { points } = await client.getTrend(
                { by: 'fleet' },
                { token: await token() },
              );
              if (points.some(point => point.day === day)) return;
              await pause(500);
            }
            throw new Error(`Nobody kept the numbers of ${day}`);
          };
          const tokenOf = async (person: string) => {
            world.person = person;
            const base = await discovery.getBaseUrl('auth');
            const response = await fetch(`${base}/guest/refresh`, {
              headers: { 'X-Requested-With': 'XMLHttpRequest' },
            });
            return (await response.json()).backstageIdentity.token;
          };
          const exemptions = new SeededExemptions({
            client,
            tokenOf,
            today: world.today,
          });
          const seed = async () => {
            const signedIn = world.person;
            for (const days of READ_ON) {
              const moment = new Date(world.today.getTime() - days * DAY_MS);
              setClock(moment);
              await readSince(moment);
              if (days === READ_ON[0]) await linked();
              await exemptions.on(days);
              await noted(moment.toISOString().slice(0, 10));
              logger.info(`Read the fleet as of ${moment.toISOString()}`);
            }
            world.person = signedIn;
            ready = true;
          };
          lifecycle.addStartupHook(() => {
            seed().catch(error => logger.error('Seeding failed', error));
          });

          const router = Router();
          router.use(express.json());
          router.get('/ready', (_, response) => {
            response.status(ready ? 200 : 503).json({ ready });
          });
          router.post('/', (request, response) => {
            const { person, pauseMs, clock, variants } = request.body;
            if (person !== undefined) {
              if (!PEOPLE[person])
                throw new InputError(`There is no ${person}`);
              world.person = person;
            }
            if (pauseMs !== undefined) world.pauseMs = Number(pauseMs);
            if (clock !== undefined) setClock(new Date(clock));
            if (variants !== undefined) {
              world.variants.clear();
              for (const [pipeline, variant] of Object.entries(variants)) {
                world.variants.set(pipeline, VARIANTS[String(variant)]);
              }
            }
            response.json({ now: new Date().toISOString() });
          });
          httpRouter.use(router);
          httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        },
      });
    },
  });
