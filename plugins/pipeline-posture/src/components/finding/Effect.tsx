import { FindingView } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { Result } from '../posture/results';

/** What fixing a finding does to the score. */
export function Effect(props: {
  result: Result;
  finding: FindingView;
  score?: number;
  cap?: { grade: string; controlId: string };
}) {
  const t = useText();
  const { result, finding, score, cap } = props;
  const pipeline = result.pipelineName;
  if (finding.preview) return <p>{t('finding.effectPreview')}</p>;
  if (score === undefined) return null;
  const to = score + finding.gainIfFixed;
  return (
    <p>
      {finding.gainIfFixed > 0
        ? t('finding.effectText', {
            pipeline,
            from: String(score),
            to: String(to),
          })
        : t('finding.effectNone', { pipeline })}{' '}
      {cap?.controlId === result.controlId &&
        t('finding.effectCap', { cap: cap.grade })}
    </p>
  );
}
