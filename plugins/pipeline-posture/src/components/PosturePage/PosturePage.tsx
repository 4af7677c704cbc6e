import { Content, PageWithHeader } from '@backstage/core-components';
import { useText } from '../../hooks/useText';
import { Views } from './Views';
import styles from './views.module.css';

/** The page in an app of the new frontend system, which draws the header itself. */
export function PosturePage() {
  return (
    <main>
      <div className={styles.page}>
        <Views />
      </div>
    </main>
  );
}

/** The page in an app of the legacy frontend system. */
export function LegacyPosturePage() {
  const t = useText();
  return (
    <PageWithHeader
      title={t('title')}
      subtitle={t('fleet.subtitle')}
      themeId="tool"
    >
      <Content>
        <Views />
      </Content>
    </PageWithHeader>
  );
}
