import { IdentityRank, Page } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useNow } from '../../hooks/useNow';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { percentOf } from '../fleet/percent';
import { daysSince } from '../marks';
import { Pager, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import filters from '../pipelines/pipelines.module.css';
import styles from './blast.module.css';
import { BlastState } from './blastState';

/** How an identity proves who it is, and how old that is. */
export function Credential({ identity }: { identity: IdentityRank }) {
  const t = useText();
  const now = useNow();
  const { credential, longLived, credentialChangedAt } = identity;
  return (
    <>
      <span lang="en">{credential}</span>
      {longLived && credentialChangedAt && (
        <>
          {', '}
          {t('blast.days', { count: daysSince(credentialChangedAt, now) })}
        </>
      )}
    </>
  );
}

/** How many people can change what an identity does. */
export function Changers({ identity }: { identity: IdentityRank }) {
  const t = useText();
  const { known, complete } = identity.changers;
  if (!complete && known === 0) return <>{t('blast.notKnown')}</>;
  return (
    <>{complete ? known : t('blast.atLeast', { number: String(known) })}</>
  );
}

function Row(props: {
  identity: IdentityRank;
  chosen: boolean;
  onChoose: () => void;
}) {
  const t = useText();
  const locale = useLocale();
  const { identity, chosen } = props;
  return (
    <tr aria-current={chosen || undefined}>
      <th scope="row" className={table.wrap}>
        <button
          type="button"
          className={styles.choose}
          aria-pressed={chosen}
          onClick={props.onChoose}
        >
          {identity.name}
        </button>
        <div className={filters.second} lang="en">
          {identity.type}
        </div>
      </th>
      <td className={table.number}>
        {t('fleet.ofAll', {
          number: String(identity.pipelines),
          percent: percentOf(
            // Not nothing, however small the share is.
            Math.max(identity.pipelineShare, 0.5),
            100,
            locale,
          ),
        })}
      </td>
      <td className={table.number}>{identity.ownerCount}</td>
      <td className={table.number}>{identity.productionPipelines}</td>
      <td>{t(`blast.breadth.${identity.breadth}`)}</td>
      <td className={table.number}>
        <Changers identity={identity} />
      </td>
      <td>
        <Credential identity={identity} />
      </td>
    </tr>
  );
}

/** Identities, the most dangerous first. Choosing one shows what it endangers. */
export function IdentityList(props: {
  answer: Page<IdentityRank>;
  url: UrlState<BlastState>;
}) {
  const t = useText();
  const { answer, url } = props;
  const { state, update } = url;
  return (
    <>
      <Scroll label={t('table', { name: t('blast.list') })}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('blast.column.identity')}</th>
              <th scope="col" className={table.number}>
                {t('blast.column.pipelines')}
              </th>
              <th scope="col" className={table.number}>
                {t('blast.column.teams')}
              </th>
              <th scope="col" className={table.number}>
                {t('blast.column.production')}
              </th>
              <th scope="col">{t('blast.column.breadth')}</th>
              <th scope="col" className={table.number}>
                {t('blast.column.changers')}
              </th>
              <th scope="col">{t('blast.column.credential')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.items.map(identity => (
              <Row
                key={identity.id}
                identity={identity}
                chosen={identity.id === state.identity}
                onChoose={() => update({ identity: identity.id })}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      <Pager
        page={state.page}
        pages={Math.ceil(answer.total / answer.size)}
        onChange={page => update({ page })}
      />
    </>
  );
}
