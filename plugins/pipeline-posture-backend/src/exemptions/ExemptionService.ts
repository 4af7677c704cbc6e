import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ExemptionLimits,
  ExemptionRequest,
  ExemptionState,
} from 'backstage-plugin-pipeline-posture-common';
import { Control } from 'backstage-plugin-pipeline-posture-node';
import { Reassessor } from '../collector/Reassessor';
import { AssessedFinding } from '../evaluation/assessment';
import { fingerprintOf } from '../evaluation/fingerprintOf';
import { dayOf } from '../history/days';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { conflict } from './conflict';
import { ExemptionStore } from './ExemptionStore';
import { StoredExemption } from './exemptionRows';
import { EndingExemption, endingOn } from './endingOn';
import { lastDayOf } from './lastDayOf';

/** What a caller may do with exemptions. */
export interface ExemptionRights {
  /** Entity ref of the caller. */
  user: string;
  create: boolean;
  approve: boolean;
  revoke: boolean;
}

/** Requests, decisions and ends of exemptions. Who may see the target is decided before. */
export class ExemptionService {
  readonly #store: ExemptionStore;
  readonly #pipelines: PipelineStore;
  readonly #entities: EntityStore;
  readonly #reassessor: Reassessor;
  readonly #controls: ReadonlyMap<string, Control>;
  readonly #limits: ExemptionLimits;
  readonly #now: () => Date;

  constructor(options: {
    store: ExemptionStore;
    pipelines: PipelineStore;
    entities: EntityStore;
    reassessor: Reassessor;
    controls: readonly Control[];
    limits: ExemptionLimits;
    now: () => Date;
  }) {
    this.#store = options.store;
    this.#pipelines = options.pipelines;
    this.#entities = options.entities;
    this.#reassessor = options.reassessor;
    this.#controls = new Map(options.controls.map(c => [c.id, c]));
    this.#limits = options.limits;
    this.#now = options.now;
  }

  /**
   * @throws InputError naming the field that is wrong
   * @throws ConflictError if there is one already, or if there is nothing to tolerate
   */
  async request(
    request: ExemptionRequest,
    rights: ExemptionRights,
  ): Promise<StoredExemption> {
    if (!rights.create)
      throw new NotAllowedError('You need pipelinePosture.exemption.create');
    const control = this.#controls.get(request.controlId);
    if (!control)
      throw new InputError(
        `controlId: there is no control '${request.controlId}'`,
      );
    if (request.type === 'mitigated' && !request.mitigation?.trim()) {
      throw new InputError('mitigation: say what protects meanwhile');
    }
    const until = lastDayOf(request.until, {
      severity: control.severity,
      limits: this.#limits,
      now: this.#now(),
    });
    const findings = await this.#openFindings(request);
    if (findings.size === 0) {
      throw conflict(
        'nothing-to-exempt',
        'The control does not fail there; there is nothing to exempt',
      );
    }
    await this.#mustBeNew(request, until, [...findings.keys()]);
    return this.#store.create(
      { ...request, until, requestedBy: rights.user },
      this.#now(),
    );
  }

  /** One request waits at a time; what holds can only be asked to hold longer. */
  async #mustBeNew(
    request: ExemptionRequest,
    until: string,
    failing: readonly string[],
  ): Promise<void> {
    const { controlId, pipelineId, entityRef } = request;
    const targets = pipelineId
      ? [
          pipelineId,
          ...((await this.#entities.entitiesOf([pipelineId])).get(pipelineId) ??
            []),
        ]
      : [entityRef ?? ''];
    const open = await this.#store.openFor(controlId, targets);
    if (open.some(({ state }) => state === 'waiting')) {
      throw conflict(
        'waiting-already',
        'A request for this is waiting already',
      );
    }
    // One for a whole entity covers what failed when it was approved, not what has begun to fail since.
    const held = new Map<string, string>();
    for (const exemption of open) {
      for (const id of await this.#store.pipelinesOf(exemption.id)) {
        if (exemption.until > (held.get(id) ?? ''))
          held.set(id, exemption.until);
      }
    }
    const [shortest] = failing.map(id => held.get(id) ?? '').sort();
    if (shortest && until <= shortest) {
      throw conflict(
        'exempt-already',
        `An exemption holds until ${shortest} already; ask for a later day to extend it`,
      );
    }
  }

  /** Open findings of the control in the pipelines that the request is about. */
  async #openFindings(target: {
    controlId: string;
    pipelineId?: string;
    entityRef?: string;
  }): Promise<Map<string, AssessedFinding>> {
    const ids = target.pipelineId
      ? [target.pipelineId]
      : await this.#entities.pipelinesOf(target.entityRef ?? '');
    const open = new Map<string, AssessedFinding>();
    for (const [id, { findings }] of await this.#pipelines.previous(ids)) {
      const finding = findings.find(f => f.controlId === target.controlId);
      if (finding) open.set(id, finding);
    }
    return open;
  }

  /**
   * @throws NotAllowedError for one's own request
   * @throws ConflictError if it is no longer waiting
   */
  async approve(
    id: string,
    comment: string | undefined,
    rights: ExemptionRights,
  ): Promise<void> {
    const exemption = await this.#mustGet(id);
    if (!rights.approve)
      throw new NotAllowedError('You need pipelinePosture.exemption.approve');
    if (exemption.requestedBy === rights.user) {
      throw new NotAllowedError('Somebody else must decide about your request');
    }
    if (exemption.until < dayOf(this.#now())) {
      throw conflict(
        'last-day-passed',
        'Its last day has passed; it must be requested again',
      );
    }
    const open = await this.#openFindings(exemption);
    const covers = [...open].map(([pipelineId, finding]) => ({
      pipelineId,
      controlId: exemption.controlId,
      fingerprint: fingerprintOf(finding),
    }));
    await this.#move(
      exemption,
      ['waiting'],
      'active',
      { what: 'approved', by: rights.user, comment },
      covers,
    );
    await this.#reassessor.reassess([...open.keys()]);
  }

  /** @throws InputError without a comment; ConflictError if it is no longer waiting */
  async reject(
    id: string,
    comment: string | undefined,
    rights: ExemptionRights,
  ): Promise<void> {
    const exemption = await this.#mustGet(id);
    if (!rights.approve)
      throw new NotAllowedError('You need pipelinePosture.exemption.approve');
    if (!comment?.trim()) throw new InputError('comment: say why');
    await this.#move(exemption, ['waiting'], 'rejected', {
      what: 'rejected',
      by: rights.user,
      comment,
    });
  }

  /** @throws InputError without a comment; ConflictError if it is not active */
  async revoke(
    id: string,
    comment: string | undefined,
    rights: ExemptionRights,
  ): Promise<void> {
    const exemption = await this.#mustGet(id);
    const own = exemption.requestedBy === rights.user;
    if (!rights.revoke && !own)
      throw new NotAllowedError('You need pipelinePosture.exemption.revoke');
    if (!comment?.trim()) throw new InputError('comment: say why');
    const covered = await this.#store.pipelinesOf(id);
    await this.#move(exemption, ['waiting', 'active'], 'revoked', {
      what: 'revoked',
      by: rights.user,
      comment,
    });
    await this.#reassessor.reassess(covered);
  }

  /** Exemptions that end soon and whose people were not told yet. Say {@link reminded} once they were. */
  async ending(): Promise<EndingExemption[]> {
    return endingOn(
      dayOf(this.#now()),
      await this.#store.list({ state: ['active'] }),
    );
  }

  /** People have been told that an exemption ends. */
  async reminded({ exemption, step }: EndingExemption): Promise<void> {
    await this.#store.noteReminder(exemption.id, step);
  }

  /** Ends exemptions whose last day has passed. @returns those that ended */
  async expire(): Promise<StoredExemption[]> {
    const today = dayOf(this.#now());
    const due = (
      await this.#store.list({ state: ['active', 'waiting'] })
    ).filter(e => e.until < today);
    for (const exemption of due) {
      const covered = await this.#store.pipelinesOf(exemption.id);
      await this.#store.move(
        exemption.id,
        ['active', 'waiting'],
        'expired',
        { what: 'expired' },
        this.#now(),
      );
      await this.#reassessor.reassess(covered);
    }
    return due;
  }

  async #move(
    exemption: StoredExemption,
    from: ExemptionState[],
    to: ExemptionState,
    event: Parameters<ExemptionStore['move']>[3],
    covers: Parameters<ExemptionStore['move']>[5] = [],
  ): Promise<void> {
    const moved = await this.#store.move(
      exemption.id,
      from,
      to,
      event,
      this.#now(),
      covers,
    );
    if (!moved)
      throw conflict(
        'decided-already',
        'Somebody has decided about it already',
      );
  }

  async #mustGet(id: string): Promise<StoredExemption> {
    const exemption = await this.#store.get(id);
    if (!exemption)
      throw new NotFoundError('It does not exist, or you do not have access.');
    return exemption;
  }
}
