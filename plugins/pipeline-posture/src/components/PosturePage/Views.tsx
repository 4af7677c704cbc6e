import { useRouteRef } from '@backstage/core-plugin-api';
import { NavLink, Route, Routes } from 'react-router-dom';
import { AboutProvider, useAbout, useMay } from '../../hooks/useAbout';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { BlastRadiusView } from '../blastRadius';
import { ControlPage, ControlsView } from '../controls';
import { ExemptionsView } from '../exemptions';
import { GroupsView } from '../groups';
import { HealthView } from '../health';
import { AsOfBanner, EmptyPanel, Root, WhoCanSee } from '../parts';
import { FleetView } from './FleetView';
import styles from './views.module.css';

function Nav() {
  const t = useText();
  const about = useAbout();
  const may = useMay();
  const { keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  const attention = about?.collector === 'needs-attention';
  const views = [
    { path: root, label: t('fleet.title'), end: true },
    { path: `${root}/groups`, label: t('groups.title') },
    { path: `${root}/controls`, label: t('controls.title') },
    { path: `${root}/blast-radius`, label: t('blast.title') },
    { path: `${root}/exemptions`, label: t('exemptions.title') },
    ...(may.seeCollector
      ? [{ path: `${root}/health`, label: t('health.title'), attention }]
      : []),
  ];
  return (
    <div className={styles.bar}>
      <nav aria-label={t('fleet.views')}>
        <ul className={styles.views}>
          {views.map(({ path, label, end, attention: marked }) => (
            <li key={path}>
              <NavLink to={keep(path)} end={end} className={styles.view}>
                {label}
                {marked && (
                  <span className={styles.attention}>
                    {t('health.needsAttention')}
                  </span>
                )}
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

/** The views of the page, below one another's links. */
export function Views() {
  const t = useText();
  return (
    <Root>
      <AboutProvider>
        <Nav />
        <AsOfBanner />
        <Routes>
          <Route index element={<FleetView />} />
          <Route path="controls" element={<ControlsView />} />
          <Route path="controls/:controlId" element={<ControlPage />} />
          <Route path="groups" element={<GroupsView />} />
          <Route path="blast-radius" element={<BlastRadiusView />} />
          <Route path="exemptions" element={<ExemptionsView />} />
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
