import { Button, DialogTrigger, Link, Popover } from '@backstage/ui';
import { RiEyeLine } from '@remixicon/react';
import { useAbout } from '../../hooks/useAbout';
import { useText } from '../../hooks/useText';
import { Root } from './Root';
import styles from './parts.module.css';

/** Says who can see what is shown, from the configuration; nothing that is not written there is guessed. */
export function WhoCanSee() {
  const t = useText();
  const about = useAbout();
  if (!about) return null;
  const { access, contact, permissionsEnforced } = about;
  const parts = (
    ['posture', 'evidence', 'exemptions', 'collector'] as const
  ).flatMap(part => (access[part] ? [{ part, text: access[part] }] : []));
  return (
    <DialogTrigger>
      <Button size="small" variant="tertiary" iconStart={<RiEyeLine />}>
        {t('access.open')}
      </Button>
      <Popover>
        <Root>
          <div className={styles.access}>
            <p>
              {permissionsEnforced
                ? t('access.enforced')
                : t('access.everybody')}
            </p>
            {parts.length > 0 && (
              <dl>
                {parts.map(({ part, text }) => (
                  <div key={part}>
                    <dt>{t(`access.part.${part}`)}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            )}
            {contact && (
              <p>
                {t('access.ask', {
                  who: contact.url ? (
                    <Link href={contact.url}>{contact.title}</Link>
                  ) : (
                    contact.title
                  ),
                })}
              </p>
            )}
          </div>
        </Root>
      </Popover>
    </DialogTrigger>
  );
}
