import {
  AboutPosture,
  pipelinePostureCollectorReadPermission,
  pipelinePostureCollectorRunPermission,
  pipelinePostureEvidenceReadPermission,
  pipelinePostureExemptionApprovePermission,
  pipelinePostureExemptionCreatePermission,
  pipelinePostureExemptionRevokePermission,
  pipelinePostureReportExportPermission,
} from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import { has, need } from '../access/rights';
import { PostureConfig } from '../config/readConfig';
import { ControlQueries } from '../controls/ControlQueries';
import { MissingLinks } from '../entities/MissingLinks';
import { ExemptionQueries } from '../exemptions/ExemptionQueries';
import { FleetIndex } from '../fleet/FleetIndex';
import { dayOf } from '../history/days';
import { Callers } from './Callers';
import { HealthQueries } from './HealthQueries';
import { momentQuery, pageQuery, parse } from './requests';

/** What the routes are made of. */
export interface AboutRoutesOptions {
  callers: Callers;
  config: Pick<
    PostureConfig,
    'contact' | 'access' | 'exemptions' | 'permissionsEnforced' | 'scoring'
  >;
  exemptionQueries: ExemptionQueries;
  controlQueries: ControlQueries;
  health: HealthQueries;
  index: FleetIndex;
  missingLinks: MissingLinks;
  now: () => Date;
}

/** About this installation: whom to ask, what it judges by, how the collector does. */
export function addAboutRoutes(
  router: express.Router,
  options: AboutRoutesOptions,
): void {
  const { callers, config, controlQueries, health, index, missingLinks } =
    options;

  router.get('/about', async (req, res) => {
    const credentials = await callers.of(req);
    const may = (permission: Parameters<typeof has>[1]) =>
      has(callers.permissions, permission, credentials);
    const from = await index.firstDay();
    const { state } = await health.health();
    const approves = await may(pipelinePostureExemptionApprovePermission);
    const about: AboutPosture = {
      ...(config.contact && { contact: config.contact }),
      permissionsEnforced: config.permissionsEnforced,
      access: config.access,
      policy: config.scoring,
      exemptions: {
        ...config.exemptions,
        ...(approves && {
          waiting: await options.exemptionQueries.waiting(
            await callers.viewer(credentials),
          ),
        }),
      },
      ...(from && { recorded: { from, to: dayOf(options.now()) } }),
      collector:
        state === 'ok' || state === 'scheduled' ? state : 'needs-attention',
      may: {
        seeEvidence: await may(pipelinePostureEvidenceReadPermission),
        seeCollector: await may(pipelinePostureCollectorReadPermission),
        runCollector: await may(pipelinePostureCollectorRunPermission),
        export: await may(pipelinePostureReportExportPermission),
        requestExemption: await may(pipelinePostureExemptionCreatePermission),
        approveExemption: approves,
        revokeExemption: await may(pipelinePostureExemptionRevokePermission),
      },
    };
    res.json(about);
  });

  router.get('/controls/:id', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    const { asOf } = parse(momentQuery, req.query);
    res.json(await controlQueries.of(req.params.id, viewer, asOf));
  });

  router.get('/health', async (req, res) => {
    await need(
      callers.permissions,
      pipelinePostureCollectorReadPermission,
      await callers.of(req),
    );
    res.json(await health.health());
  });

  router.get('/missing-links', async (req, res) => {
    const credentials = await callers.of(req);
    await need(
      callers.permissions,
      pipelinePostureCollectorReadPermission,
      credentials,
    );
    const { page = 1, size = 25 } = parse(pageQuery, req.query);
    const visible = await callers.access.visible(credentials);
    res.json(await missingLinks.list({ page, size }, visible, credentials));
  });
}
