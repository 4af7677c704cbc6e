import {
  Button,
  MenuListBox,
  MenuListBoxItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiLayoutColumnLine } from '@remixicon/react';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { useText } from '../../hooks/useText';
import { HIDEABLE, HideableColumn } from './columns';

/** Chooses the columns of a list. It comes right after the first picture. */
export function ColumnsMenu(props: {
  hidden: readonly HideableColumn[];
  onChoose: (hidden: HideableColumn[]) => void;
}) {
  const t = useText();
  const painted = useAfterPaint();
  if (!painted) return null;
  const nameOf = (id: HideableColumn) =>
    t(`fleet.column.${id === 'belongs' ? 'entities' : id}`);
  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiLayoutColumnLine />}
      >
        {t('fleet.columns')}
      </Button>
      <MenuListBox
        aria-label={t('fleet.columns')}
        selectionMode="multiple"
        selectedKeys={HIDEABLE.filter(id => !props.hidden.includes(id))}
        onSelectionChange={shown =>
          props.onChoose(
            shown === 'all' ? [] : HIDEABLE.filter(id => !shown.has(id)),
          )
        }
      >
        {HIDEABLE.map(id => (
          <MenuListBoxItem key={id} id={id} textValue={nameOf(id)}>
            {nameOf(id)}
          </MenuListBoxItem>
        ))}
      </MenuListBox>
    </MenuTrigger>
  );
}
