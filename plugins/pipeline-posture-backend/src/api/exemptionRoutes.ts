import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import express from 'express';
import { ExemptionRequests } from '../exemptions/ExemptionRequests';
import { ExemptionViews } from '../exemptions/ExemptionViews';
import { ExemptionService } from '../exemptions/ExemptionService';
import { ExemptionStore, StoredExemption } from '../exemptions/ExemptionStore';
import { EntityStore } from '../store/EntityStore';
import { Callers } from './Callers';
import { Viewer } from '../fleet/FleetView';
import { decisionBody, exemptionBody, exemptionQuery, parse } from './requests';

/** What the routes are made of. */
export interface ExemptionRoutesOptions {
  auditor: AuditorService;
  callers: Callers;
  entities: EntityStore;
  exemptions: ExemptionService;
  requests: ExemptionRequests;
  views: ExemptionViews;
  store: ExemptionStore;
}

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** Requests and decisions. Only people make them, and every one is audited. */
export function addExemptionRoutes(
  router: express.Router,
  options: ExemptionRoutesOptions,
): void {
  const { auditor, callers, entities, exemptions, requests, store, views } =
    options;
  const user = async (req: express.Request) =>
    (await callers.of(req, ['user'])) as UserCredentials;

  /** Of these, those whose target the caller may see. */
  const visible = async (list: readonly StoredExemption[], viewer: Viewer) => {
    if (viewer.visible === 'all') return [...list];
    const seen = viewer.visible;
    const owners = await entities.entitiesOf(
      list.flatMap(e => e.pipelineId ?? []),
    );
    return list.filter(e =>
      e.entityRef
        ? seen.has(e.entityRef)
        : (owners.get(e.pipelineId ?? '') ?? []).some(ref => seen.has(ref)),
    );
  };

  const answer = async (id: string, credentials: UserCredentials) => {
    const stored = await store.get(id);
    const [view] = await views.of(
      stored ? [stored] : [],
      await callers.exemptionRights(credentials),
    );
    return view;
  };

  router.get('/exemptions', async (req, res) => {
    const credentials = await user(req);
    const { state, asOf } = parse(exemptionQuery, req.query);
    const seen = await visible(
      asOf === undefined
        ? await store.list({ state })
        : await views.asOf(asOf, state),
      await callers.viewer(credentials),
    );
    res.json({
      items: await views.of(
        seen,
        await callers.exemptionRights(credentials),
        asOf,
      ),
    });
  });

  router.post('/exemptions', async (req, res) => {
    const credentials = await user(req);
    const request = parse(exemptionBody, req.body);
    const { id } = await requests.request(request, credentials, {
      request: req,
    });
    res.status(201).json(await answer(id, credentials));
  });

  router.post(
    '/exemptions/:id/:decision(approve|reject|revoke)',
    async (req, res) => {
      const credentials = await user(req);
      const { id, decision } = req.params as {
        id: string;
        decision: 'approve' | 'reject' | 'revoke';
      };
      const { comment } = parse(decisionBody, req.body ?? {});
      const stored = await store.get(id);
      const [seen] = await visible(
        stored ? [stored] : [],
        await callers.viewer(credentials),
      );
      if (!seen)
        throw new NotFoundError(
          'It does not exist, or you do not have access.',
        );
      const event = await auditor.createEvent({
        eventId: 'exemption-decision',
        severityLevel: 'medium',
        request: req,
        meta: { exemption: id, decision },
      });
      try {
        await exemptions[decision](
          id,
          comment,
          await callers.exemptionRights(credentials),
        );
        await event.success();
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      }
      res.json(await answer(id, credentials));
    },
  );
}
