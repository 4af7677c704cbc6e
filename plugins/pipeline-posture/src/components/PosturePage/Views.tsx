import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { pipelinePostureCollectorReadPermission } from 'backstage-plugin-pipeline-posture-common';
import { NavLink, Route, Routes } from 'react-router-dom';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { ControlPage, ControlsView } from '../controls';
import { ExemptionsView } from '../exemptions';
import { GroupsView } from '../groups';
import { HealthView } from '../health';
import { EmptyPanel, Root } from '../parts';
import { FleetView } from './FleetView';
import styles from './views.module.css';

function Nav() {
  const t = useText();
  const root = useRouteRef(rootRouteRef)();
  const { allowed } = usePermission({
    permission: pipelinePostureCollectorReadPermission,
  });
  const views = [
    { path: root, label: t('fleet.pipelines'), end: true },
    { path: `${root}/groups`, label: t('groups.title'), end: false },
    { path: `${root}/controls`, label: t('controls.title'), end: false },
    {
      path: `${root}/exemptions`,
      label: t('exemptions.title'),
      end: false,
    },
    ...(allowed
      ? [{ path: `${root}/health`, label: t('health.title'), end: false }]
      : []),
  ];
  return (
    <nav aria-label={t('fleet.views')}>
      <ul className={styles.views}>
        {views.map(({ path, label, end }) => (
          <li key={path}>
            <NavLink to={path} end={end} className={styles.view}>
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The views of the page, below one another's links. */
export function Views() {
  const t = useText();
  return (
    <Root>
      <Nav />
      <Routes>
        <Route index element={<FleetView />} />
        <Route path="controls" element={<ControlsView />} />
        <Route path="controls/:controlId" element={<ControlPage />} />
        <Route path="groups" element={<GroupsView />} />
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
    </Root>
  );
}
