import { Alert, Button } from '@backstage/ui';
import { useState } from 'react';
import { useText } from '../../hooks/useText';

/** Says which parts of an address meant nothing. */
export function IgnoredFilters({ rejected }: { rejected: readonly string[] }) {
  const t = useText();
  const [dismissed, setDismissed] = useState('');
  const filters = rejected.join(', ');
  if (filters === '' || filters === dismissed) return null;
  return (
    <Alert
      status="info"
      icon
      title={t('state.ignored', { filters })}
      customActions={
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setDismissed(filters)}
        >
          {t('state.dismiss')}
        </Button>
      }
    />
  );
}
