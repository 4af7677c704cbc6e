import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { Remediation } from 'backstage-plugin-pipeline-posture-common';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { CodeBlock, ExternalLink } from '../parts';
import styles from './finding.module.css';

/** How to mend a failure on one platform, in each way that there is. */
export function Remedies(props: {
  remediation: Remediation;
  provider: string;
}) {
  const t = useText();
  const names = useNames();
  const { docsUrl, steps, cli, terraform, template } = props.remediation;
  const portal = t(
    props.provider === 'azure-devops' ? 'finding.portal' : 'finding.console',
  );
  const codes = [
    { id: 'cli', label: t('finding.cli'), code: cli },
    { id: 'terraform', label: t('finding.terraform'), code: terraform },
    template && {
      id: template.language,
      label: t(`finding.${template.language}`),
      code: template.code,
    },
  ].flatMap(way =>
    way?.code ? [{ id: way.id, label: way.label, code: way.code }] : [],
  );
  return (
    <>
      <Tabs>
        <TabList aria-label={t('finding.platforms')}>
          <Tab id="portal">{portal}</Tab>
          {codes.map(({ id, label }) => (
            <Tab key={id} id={id}>
              {label}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="portal">
          <ol className={styles.steps} lang="en">
            {steps.map((step, i) => (
              <li key={i}>{step}</li>
            ))}
          </ol>
        </TabPanel>
        {codes.map(({ id, label, code }) => (
          <TabPanel key={id} id={id} className={styles.way}>
            <CodeBlock code={code} label={label} />
          </TabPanel>
        ))}
      </Tabs>
      <p>
        <ExternalLink
          href={docsUrl}
          label={t('finding.docs.label')}
          site={names.site(docsUrl)}
        />
      </p>
    </>
  );
}
