import { pipelinePostureFindingReadPermission } from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { useControlTitles } from '../../hooks/useControlTitles';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { Root, Waiting } from '../parts';
import posture from '../posture/posture.module.css';
import { Failure } from '../states';
import { OwnSummary, useOwnSummary } from './useOwnSummary';

const SHAPE = [140];
const SHOWN = 5;

function Fixes({ summary, owners }: OwnSummary) {
  const t = useText();
  const titles = useControlTitles();
  const page = usePage() ?? '';
  const failing = (summary?.controls ?? [])
    .filter(control => control.failing > 0)
    .slice(0, SHOWN);
  if (failing.length === 0) return <p>{t('home.fixes.none')}</p>;
  return (
    <ol className={posture.fixes}>
      {failing.map(({ controlId, failing: number }) => {
        const search = new URLSearchParams({
          control: controlId,
          status: 'failing',
        });
        owners.forEach(owner => search.append('owner', owner));
        return (
          <li key={controlId}>
            <Link className={posture.fix} to={`${page}?${search}`}>
              <span className={posture.fixTitle} lang="en">
                {titles.get(controlId) ?? controlId}
              </span>
              <span className={posture.fixMeta}>
                {t('home.fixes.pipelines', { count: number })}
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}

/** Home-page widget: what fails most often in the pipelines of what the viewer owns. */
export function FixTheseFirst() {
  const { value, error, reload } = useOwnSummary();
  return (
    <Root>
      {error && !value && (
        <Failure
          part
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          onRetry={reload}
        />
      )}
      {!error && !value && <Waiting heights={SHAPE} />}
      {value && <Fixes {...value} />}
    </Root>
  );
}
