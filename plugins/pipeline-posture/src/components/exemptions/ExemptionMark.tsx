import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { Standing, StateMark } from '../health/StateMark';

const STANDINGS: Record<ExemptionView['state'], Standing> = {
  waiting: 'waiting',
  active: 'running',
  rejected: 'bad',
  revoked: 'bad',
  expired: 'attention',
  lapsed: 'attention',
};

/** What became of an exemption, as icon and word. */
export function ExemptionMark({ exemption }: { exemption: ExemptionView }) {
  const t = useText();
  const { state } = exemption;
  return (
    <StateMark standing={STANDINGS[state]}>
      {t(`exemptions.state.${state}`)}
    </StateMark>
  );
}
