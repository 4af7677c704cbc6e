import { Button } from '@backstage/ui';
import { useText } from '../../hooks/useText';
import styles from './parts.module.css';

/** Leads through the pages of a short list. Nothing where there is one page. */
export function Pager(props: {
  /** 1-based. */
  page: number;
  pages: number;
  onChange: (page: number) => void;
}) {
  const t = useText();
  const { page, pages, onChange } = props;
  if (pages <= 1) return null;
  return (
    <div className={styles.pager}>
      <Button
        size="small"
        variant="secondary"
        isDisabled={page <= 1}
        onPress={() => onChange(page - 1)}
      >
        {t('controls.previous')}
      </Button>
      <Button
        size="small"
        variant="secondary"
        isDisabled={page >= pages}
        onPress={() => onChange(page + 1)}
      >
        {t('controls.next')}
      </Button>
      <span>
        {t('controls.page', { page: String(page), pages: String(pages) })}
      </span>
    </div>
  );
}
