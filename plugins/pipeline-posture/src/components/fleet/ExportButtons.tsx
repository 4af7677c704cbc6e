import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { RiDownloadLine } from '@remixicon/react';
import { PipelineFilter } from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useMay } from '../../hooks/useAbout';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';
import { fileNameOf } from './fileName';

const FORMATS = [
  { id: 'csv', ending: 'csv' },
  { id: 'json', ending: 'json' },
  { id: 'evidence', ending: 'zip' },
] as const;

type Format = (typeof FORMATS)[number];

function save(content: Blob, name: string) {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Saves all pipelines that the filters let through, however many pages. Nothing for those who may not. */
export function ExportButtons(props: {
  filter: PipelineFilter;
  /** How many pipelines that is. */
  total: number;
}) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const may = useMay();
  const notify = useNotice();
  const [pending, setPending] = useState(false);
  const { filter, total } = props;
  if (!may.export) return null;

  const download = async ({ id, ending }: Format) => {
    setPending(true);
    try {
      const content = await api.export(id, filter);
      const day = filter.asOf ?? new Date().toISOString().slice(0, 10);
      const name = fileNameOf(filter, day, ending);
      save(content, name);
      notify({
        title: t('fleet.export.done'),
        text: t('fleet.export.doneText', { count: total, file: name }),
        status: 'success',
      });
    } catch (error) {
      notify({
        title: t('fleet.export.failed'),
        text: (error as Error).message,
        status: 'danger',
      });
    } finally {
      setPending(false);
    }
  };

  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownloadLine />}
        isPending={pending}
      >
        {t('fleet.export.open')}
      </Button>
      <Menu>
        {FORMATS.filter(({ id }) => id !== 'evidence' || may.seeEvidence).map(
          format => (
            <MenuItem key={format.id} onAction={() => download(format)}>
              {t(`fleet.export.${format.id}`)}
            </MenuItem>
          ),
        )}
      </Menu>
    </MenuTrigger>
  );
}
