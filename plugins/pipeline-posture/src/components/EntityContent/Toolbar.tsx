import { useText } from '../../hooks/useText';
import { AsOfPicker, WhoCanSee } from '../parts';
import styles from './content.module.css';

/** What stands above everything else on the tab. */
export function Toolbar({ pending }: { pending: boolean }) {
  const t = useText();
  return (
    <div className={styles.toolbar}>
      <span role="status">{pending && t('state.refreshing')}</span>
      <WhoCanSee />
      <AsOfPicker />
    </div>
  );
}
