import { EntityPosture } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { usePaced } from '../../hooks/usePaced';
import { useRunSignal } from '../../hooks/useRunSignal';
import { useText } from '../../hooks/useText';
import { dateOf, When } from '../marks';
import { CodeBlock, CopyButton, EmptyPanel, ExternalLink } from '../parts';

const README =
  'https://github.com/pipeline-posture/pipeline-posture/tree/main/plugins/pipeline-posture#annotations';

const EXAMPLE = `metadata:
  annotations:
    # All pipelines of a repository in Azure Repos
    dev.azure.com/project-repo: <project>/<repository>
    # Or single pipelines of an Azure DevOps project
    dev.azure.com/project: <project>
    dev.azure.com/build-definition: <pipeline>, <pipeline>
    # AWS CodePipeline
    aws.amazon.com/aws-codepipeline-arn: arn:aws:codepipeline:<region>:<account>:<pipeline>`;

/** Nothing links the entity to a pipeline. */
export function NoAnnotation() {
  const t = useText();
  return (
    <EmptyPanel
      title={t('state.noAnnotation.title')}
      text={t('state.noAnnotation.text')}
    >
      <CodeBlock code={EXAMPLE} label={t('state.noAnnotation.example')} />
      <ExternalLink href={README} label={t('state.noAnnotation.readMore')} />
    </EmptyPanel>
  );
}

type Unmatched = EntityPosture['unmatched'][number];

const written = ({ annotation, value }: Unmatched) => `${annotation}: ${value}`;

/** Why one annotation leads to no pipeline. */
export function UnmatchedText(props: { one: Unmatched; lastRunAt?: string }) {
  const t = useText();
  const locale = useLocale();
  const { one, lastRunAt } = props;
  const { annotation, value, problem } = one;
  if (problem) {
    return <>{t('state.notFound.malformed', { annotation, problem })}</>;
  }
  return lastRunAt ? (
    <>
      {t('state.notFound.text', {
        value: written(one),
        date: dateOf(lastRunAt, locale),
      })}
    </>
  ) : (
    <>{t('state.notFound.textWithoutRun', { value })}</>
  );
}

/** The entity points to pipelines that nobody has seen. */
export function NotFound(props: {
  posture: Pick<EntityPosture, 'unmatched' | 'lastRunAt'>;
}) {
  const t = useText();
  const { unmatched, lastRunAt } = props.posture;
  const [first, ...others] = unmatched;
  if (!first) return null;
  return (
    <EmptyPanel
      title={t('state.notFound.title', { name: first.value })}
      text={<UnmatchedText one={first} lastRunAt={lastRunAt} />}
    >
      {others.length > 0 && (
        <div>
          {t('state.notFound.others', { count: others.length })}
          <ul>
            {others.map(one => (
              <li key={written(one)}>
                <code>{written(one)}</code>
                {one.problem && (
                  <>
                    : <UnmatchedText one={one} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <CopyButton
        text={() => unmatched.map(written).join('\n')}
        label={t('state.notFound.copy')}
      />
    </EmptyPanel>
  );
}

/** The entity points to pipelines; nobody has looked yet, or somebody is looking right now. */
export function Scheduled(props: {
  nextCheckAt?: string;
  /** Whether the answer to an earlier call is awaited. */
  pending: boolean;
  /** Called when there may be results. */
  onChanged: () => void;
}) {
  const t = useText();
  const { nextCheckAt, pending, onChanged } = props;
  const run = useRunSignal(usePaced(onChanged, pending));
  if (run?.status === 'running' && run.total) {
    return (
      <EmptyPanel
        title={t('state.checking.title')}
        text={t('state.checking.pipelines', {
          done: String(run.done),
          total: String(run.total),
        })}
      />
    );
  }
  return (
    <EmptyPanel
      title={t('state.scheduled.title')}
      text={
        nextCheckAt
          ? t('state.scheduled.text', { when: <When at={nextCheckAt} /> })
          : t('state.scheduled.textWithoutTime')
      }
    />
  );
}

/** Nothing was recorded of the entity on the day that is shown. */
export function NotRecorded() {
  const t = useText();
  return (
    <EmptyPanel
      title={t('state.notRecorded.title')}
      text={t('state.notRecorded.text')}
    />
  );
}
