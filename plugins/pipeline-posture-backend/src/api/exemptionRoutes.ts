import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { ExemptionQueries } from '../exemptions/ExemptionQueries';
import { ExemptionRequests } from '../exemptions/ExemptionRequests';
import { ExemptionViews } from '../exemptions/ExemptionViews';
import { ExemptionService } from '../exemptions/ExemptionService';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { Callers } from './Callers';
import {
  decisionBody,
  exemptionBody,
  exemptionQuery,
  momentQuery,
  parse,
} from './requests';

/** What the routes are made of. */
export interface ExemptionRoutesOptions {
  auditor: AuditorService;
  callers: Callers;
  exemptions: ExemptionService;
  exemptionQueries: ExemptionQueries;
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
  const { auditor, callers, exemptions, requests, store, views } = options;
  const { exemptionQueries: queries } = options;
  const user = async (req: express.Request) =>
    (await callers.of(req, ['user'])) as UserCredentials;

  const callerOf = async (credentials: UserCredentials) => ({
    viewer: await callers.viewer(credentials),
    rights: await callers.exemptionRights(credentials),
  });

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
    const query = parse(exemptionQuery, req.query);
    res.json(await queries.list(query, await callerOf(credentials)));
  });

  router.get('/exemptions/:id', async (req, res) => {
    const credentials = await user(req);
    const { asOf } = parse(momentQuery, req.query);
    res.json(
      await queries.of(req.params.id, await callerOf(credentials), asOf),
    );
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
      await queries.mustSee(id, await callers.viewer(credentials));
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
