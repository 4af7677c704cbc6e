import {
  EXEMPTION_ENDING_SOON_DAYS,
  ExemptionPage,
  ExemptionQueue,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { EmptyPanel } from '../parts';
import { Pagination } from '../pipelines/Pagination';
import filters from '../pipelines/pipelines.module.css';
import { ExemptionsUrl } from './exemptionsState';
import { ExemptionTable } from './ExemptionTable';
import styles from './exemptions.module.css';

/** What stands in one queue. */
export function QueueOfExemptions(props: {
  url: ExemptionsUrl;
  queue: ExemptionQueue;
  answer: ExemptionPage;
  pending: boolean;
  titleOf: (controlId: string) => string;
}) {
  const t = useText();
  const { url, queue, answer } = props;
  const { owner, page, size } = url.state;
  return (
    <>
      <p className={styles.note}>
        {t(`exemptions.queueNote.${queue}`, {
          days: String(EXEMPTION_ENDING_SOON_DAYS),
        })}
      </p>
      <p className={filters.count} role="status">
        {props.pending
          ? t('state.refreshing')
          : t('exemptions.found', { count: answer.total })}
      </p>
      {answer.total === 0 ? (
        <EmptyPanel
          as="h3"
          title={t(`exemptions.empty.${queue}`)}
          text={t(
            owner.length > 0
              ? 'exemptions.empty.filtered'
              : 'exemptions.empty.text',
          )}
        />
      ) : (
        <>
          <ExemptionTable
            exemptions={answer.items}
            queue={queue}
            stale={props.pending}
            titleOf={props.titleOf}
            onOpen={({ id }) => url.update({ exemption: id })}
          />
          {answer.total > answer.items.length && (
            <Pagination
              page={page}
              size={size}
              total={answer.total}
              onPage={to => url.update({ page: to })}
              onSize={to => url.update({ size: to, page: 1 })}
            />
          )}
        </>
      )}
    </>
  );
}
