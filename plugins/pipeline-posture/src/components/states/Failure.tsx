import { Button, ButtonLink } from '@backstage/ui';
import { ResponseErrorPanel } from '@backstage/core-components';
import { useText } from '../../hooks/useText';
import { CopyButton, EmptyPanel } from '../parts';

/** Name of the error that the server sent, or of the error itself. */
export function nameOfError(error: Error): string {
  const body = (error as { body?: { error?: { name?: unknown } } }).body;
  return typeof body?.error?.name === 'string' ? body.error.name : error.name;
}

/** Shown for an answer that did not come, by what the server said. */
export function Failure(props: {
  error: Error;
  /** Permission that the page needs, for the sentence that asks for it. */
  permission: string;
  /** True for a part of a page whose other parts are shown. */
  part?: boolean;
  onRetry: () => void;
}) {
  const t = useText();
  const { error, permission, part } = props;
  const name = nameOfError(error);
  if (name === 'NotFoundError') {
    return (
      <EmptyPanel title={t('state.hidden.title')} text={t('state.hidden.text')}>
        <ButtonLink href="/catalog" variant="secondary">
          {t('state.hidden.catalog')}
        </ButtonLink>
      </EmptyPanel>
    );
  }
  if (name === 'NotAllowedError') {
    return (
      <EmptyPanel
        title={t('state.permission.title')}
        text={t('state.permission.text', { permission })}
      >
        <CopyButton
          text={() =>
            t('state.permission.request', {
              permission,
              address: window.location.href,
            })
          }
          label={t('state.permission.copy')}
        />
      </EmptyPanel>
    );
  }
  return (
    <EmptyPanel
      title={t(part ? 'state.error.partTitle' : 'state.error.title')}
      text={part ? t('state.error.partText') : undefined}
    >
      <ResponseErrorPanel error={error} />
      <Button variant="secondary" onPress={props.onRetry}>
        {t('state.tryAgain')}
      </Button>
    </EmptyPanel>
  );
}
