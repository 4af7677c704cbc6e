import { ButtonIcon, Select } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { useText } from '../../hooks/useText';
import { PAGE_SIZES } from './listState';
import styles from './table.module.css';

/** Goes through the pages of a list. */
export function Pagination(props: {
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
  onSize: (size: number) => void;
}) {
  const t = useText();
  const painted = useAfterPaint();
  const { page, size, total } = props;
  const before = (page - 1) * size;
  return (
    <div
      role="group"
      className={styles.pages}
      aria-label={t('fleet.pages.label')}
    >
      {painted && (
        <>
          <Select
            size="small"
            className={styles.size}
            aria-label={t('fleet.pages.size')}
            value={String(size)}
            onChange={chosen => props.onSize(Number(chosen))}
            options={[...new Set([...PAGE_SIZES, size])]
              .sort((a, b) => a - b)
              .map(number => ({
                id: String(number),
                label: t('fleet.rows', { count: number }),
              }))}
          />
          <span className={styles.range}>
            {t('fleet.range', {
              from: String(Math.min(before + 1, total)),
              to: String(Math.min(before + size, total)),
              total: String(total),
            })}
          </span>
          <ButtonIcon
            size="small"
            variant="secondary"
            icon={<RiArrowLeftSLine />}
            aria-label={t('fleet.pages.previous')}
            isDisabled={page <= 1}
            onPress={() => props.onPage(page - 1)}
          />
          <ButtonIcon
            size="small"
            variant="secondary"
            icon={<RiArrowRightSLine />}
            aria-label={t('fleet.pages.next')}
            isDisabled={page * size >= total}
            onPress={() => props.onPage(page + 1)}
          />
        </>
      )}
    </div>
  );
}
