import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { pipelinePostureFindingReadPermission } from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { AboutProvider } from '../../hooks/useAbout';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { AsOfBanner, Root, Waiting } from '../parts';
import {
  Failure,
  NoAnnotation,
  NotFound,
  NotRecorded,
  Scheduled,
} from '../states';
import { RollUpContent } from './RollUpContent';
import { ScoredContent } from './ScoredContent';
import { Toolbar } from './Toolbar';

const SHAPE = [160, 180, 320];

function OwnPipelines({ entityRef }: { entityRef: string }) {
  const api = useApi(pipelinePostureApiRef);
  const { asOf } = useAsOf();
  const { value, error, pending, reload } = useAnswer(
    `${entityRef}:${asOf}`,
    signal => api.getEntityPosture(entityRef, { signal, asOf }),
    { keep: true },
  );
  const toolbar = <Toolbar pending={pending && value !== undefined} />;
  // With the toolbar above it, because another day may lead out of either.
  if (error && !value) {
    return (
      <>
        {toolbar}
        <Failure
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          onRetry={reload}
        />
      </>
    );
  }
  if (value?.state === 'not-recorded') {
    return (
      <>
        {toolbar}
        <NotRecorded />
      </>
    );
  }
  if (value?.state === 'no-annotation') return <NoAnnotation />;
  if (value?.state === 'not-found') return <NotFound posture={value} />;
  if (value && (value.state === 'scheduled' || !value.summary)) {
    return (
      <Scheduled
        nextCheckAt={value.nextCheckAt}
        pending={pending}
        onChanged={reload}
      />
    );
  }
  return (
    <>
      {toolbar}
      {value?.summary ? (
        <ScoredContent
          posture={value}
          summary={value.summary}
          onChanged={reload}
        />
      ) : (
        <Waiting heights={SHAPE} />
      )}
    </>
  );
}

const KINDS_OF_MANY = ['system', 'domain', 'group'];

/** The tab "Pipeline posture" of an entity. */
export function EntityContent() {
  const { entity } = useEntity();
  const many = KINDS_OF_MANY.includes(entity.kind.toLocaleLowerCase('en-US'));
  return (
    <Root>
      <AboutProvider>
        <AsOfBanner />
        {many ? (
          <RollUpContent entity={entity} />
        ) : (
          <OwnPipelines
            key={stringifyEntityRef(entity)}
            entityRef={stringifyEntityRef(entity)}
          />
        )}
      </AboutProvider>
    </Root>
  );
}
