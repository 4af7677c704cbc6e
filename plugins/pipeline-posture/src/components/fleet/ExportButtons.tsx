import { Button, Flex } from '@backstage/ui';
import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { usePermission } from '@backstage/plugin-permission-react';
import { RiDownloadLine } from '@remixicon/react';
import {
  pipelinePostureReportExportPermission,
  PipelineQuery,
} from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';
import { withoutPaging } from './withoutPaging';

const FORMATS = ['csv', 'json'] as const;

function searchOf(query: PipelineQuery): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    [value]
      .flat()
      .filter(one => one !== undefined && one !== '')
      .forEach(one => search.append(key, String(one)));
  }
  return search.toString();
}

function save(content: Blob, name: string) {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Saves all pipelines that the filters let through, however many pages. Nothing for those who may not. */
export function ExportButtons({ query }: { query: PipelineQuery }) {
  const t = useText();
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  const notify = useNotice();
  const [pending, setPending] = useState(false);
  const { allowed } = usePermission({
    permission: pipelinePostureReportExportPermission,
  });
  if (!allowed) return null;

  const download = async (format: (typeof FORMATS)[number]) => {
    setPending(true);
    try {
      const base = await discoveryApi.getBaseUrl('pipeline-posture');
      const search = searchOf(withoutPaging(query));
      const response = await fetchApi.fetch(
        `${base}/export/${format}?${search}`,
      );
      if (!response.ok) throw await ResponseError.fromResponse(response);
      const day = new Date().toISOString().slice(0, 10);
      const name = `pipeline-posture_${day}.${format}`;
      save(await response.blob(), name);
      notify({
        title: t('fleet.export.done'),
        text: name,
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
    <Flex gap="2">
      {FORMATS.map(format => (
        <Button
          key={format}
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          isDisabled={pending}
          onPress={() => download(format)}
        >
          {t(`fleet.export.${format}`)}
        </Button>
      ))}
    </Flex>
  );
}
