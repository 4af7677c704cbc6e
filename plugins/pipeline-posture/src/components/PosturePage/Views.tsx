import { useRouteRef } from '@backstage/core-plugin-api';
import { NavLink, Route, Routes, useLocation } from 'react-router-dom';
import { AboutProvider, useAbout, useMay } from '../../hooks/useAbout';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { BlastRadiusView } from '../blastRadius';
import { ControlPage, ControlsView } from '../controls';
import { ExemptionAddress, ExemptionsView } from '../exemptions';
import { GroupsView } from '../groups';
import { HealthView } from '../health';
import { AsOfBanner, EmptyPanel, PageTitle, Root, WhoCanSee } from '../parts';
import { FleetView } from './FleetView';
import styles from './views.module.css';

function Nav() {
  const t = useText();
  const about = useAbout();
  const may = useMay();
  const { keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  const attention = about?.collector === 'needs-attention';
  const waiting = may.approveExemption ? about?.exemptions.waiting ?? 0 : 0;
  const views = [
    { path: root, label: t('fleet.title'), end: true },
    { path: `${root}/groups`, label: t('groups.title') },
    { path: `${root}/controls`, label: t('controls.title') },
    { path: `${root}/blast-radius`, label: t('blast.title') },
    {
      path: `${root}/exemptions`,
      label: t('exemptions.title'),
      note: waiting > 0 && t('exemptions.waitingCount', { count: waiting }),
    },
    ...(may.seeCollector
      ? [
          {
            path: `${root}/health`,
            label: t('health.title'),
            note: attention && t('health.needsAttention'),
          },
        ]
      : []),
  ];
  const { pathname } = useLocation();
  const here = views.find(({ path, end }) =>
    end ? pathname === path : pathname.startsWith(path),
  );
  return (
    <div className={styles.bar}>
      <PageTitle parts={here ? [here.label] : []} />
      <nav aria-label={t('fleet.views')}>
        <ul className={styles.views}>
          {views.map(({ path, label, end, note }) => (
            <li key={path}>
              <NavLink
                to={keep(path)}
                end={end}
                className={styles.view}
                data-view=""
              >
                {label}
                {note && ' '}
                {note && <span className={styles.attention}>{note}</span>}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {attention && !may.seeCollector && (
        <span className={styles.note}>{t('health.attentionForAll')}</span>
      )}
      <WhoCanSee />
    </div>
  );
}

/** Views of what is now, whatever day is chosen. */
const OF_TODAY = ['blast-radius', 'health'];

/** The views of the page, below one another's links. */
export function Views() {
  const t = useText();
  const { pathname } = useLocation();
  const root = useRouteRef(rootRouteRef)();
  const showsToday = OF_TODAY.some(view =>
    pathname.startsWith(`${root}/${view}`),
  );
  return (
    <Root>
      <AboutProvider>
        <Nav />
        <AsOfBanner showsToday={showsToday} />
        <Routes>
          <Route index element={<FleetView />} />
          <Route path="controls" element={<ControlsView />} />
          <Route path="controls/:controlId" element={<ControlPage />} />
          <Route path="groups" element={<GroupsView />} />
          <Route path="blast-radius" element={<BlastRadiusView />} />
          <Route path="exemptions" element={<ExemptionsView />} />
          <Route
            path="exemptions/:exemptionId"
            element={<ExemptionAddress />}
          />
          <Route path="health" element={<HealthView />} />
          <Route
            path="*"
            element={
              <EmptyPanel
                title={t('state.hidden.title')}
                text={t('state.hidden.text')}
              />
            }
          />
        </Routes>
      </AboutProvider>
    </Root>
  );
}
