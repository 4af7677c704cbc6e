import { Radio, RadioGroup, TextAreaField, TextField } from '@backstage/ui';
import {
  ExemptionLimits,
  ExemptionType,
} from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useNow } from '../../hooks/useNow';
import { useText } from '../../hooks/useText';
import { dayOf } from '../marks';
import { DayField } from '../parts/DayField';
import { entityName } from '../pipelines/filterFields';
import {
  dayFrom,
  EarlierRequest,
  RequestForm,
  RequestTarget,
  Wrong,
} from './requestForm';

const TYPES: readonly ExemptionType[] = [
  'risk-accepted',
  'mitigated',
  'wrong-result',
];

const PIPELINE = 'pipeline';

/** The fields of a request, each with what is wrong about it. */
export function RequestFields(props: {
  form: RequestForm;
  wrong: Wrong;
  limits: ExemptionLimits;
  target: RequestTarget;
  before?: EarlierRequest;
  onChange: (changes: Partial<RequestForm>) => void;
}) {
  const t = useText();
  const locale = useLocale();
  const now = useNow();
  const { form, wrong, limits, target, before, onChange } = props;
  const minimum = String(limits.reasonMinimum);
  const maximum = String(limits.maxDays);
  const { entityRefs = [] } = target;
  const untilError = {
    range: t('exemptions.request.untilWrong', { maximum }),
    'not-later': t('exemptions.request.untilNotLater', {
      date: before ? dayOf(before.until, locale) : '',
    }),
  };
  return (
    <>
      <RadioGroup
        label={t('exemptions.request.type')}
        value={form.type}
        onChange={type => onChange({ type: type as ExemptionType })}
      >
        {TYPES.map(type => (
          <Radio key={type} value={type}>
            {t(`exemptions.type.${type}`)}
          </Radio>
        ))}
      </RadioGroup>
      <TextAreaField
        name="reason"
        label={t('exemptions.request.reason')}
        description={t('exemptions.request.reasonHint', { minimum })}
        isRequired
        secondaryLabel={t('required')}
        validationBehavior="aria"
        validate={() =>
          wrong.reason ? t('exemptions.request.reasonShort', { minimum }) : null
        }
        value={form.reason}
        onChange={reason => onChange({ reason })}
      />
      <TextField
        name="mitigation"
        label={t('exemptions.request.mitigation')}
        isRequired={form.type === 'mitigated'}
        secondaryLabel={form.type === 'mitigated' ? t('required') : undefined}
        validationBehavior="aria"
        validate={() =>
          wrong.mitigation ? t('exemptions.request.mitigationMissing') : null
        }
        value={form.mitigation}
        onChange={mitigation => onChange({ mitigation })}
      />
      <DayField
        name="until"
        label={t('exemptions.request.until')}
        description={t('exemptions.request.untilHint', { maximum })}
        error={wrong.until && untilError[wrong.until]}
        min={dayFrom(now, 1)}
        max={dayFrom(now, limits.maxDays)}
        value={form.until}
        onChange={until => onChange({ until })}
      />
      {target.pipelineId && entityRefs.length > 0 && (
        <RadioGroup
          label={t('exemptions.request.target')}
          value={form.entityRef || PIPELINE}
          onChange={chosen =>
            onChange({ entityRef: chosen === PIPELINE ? '' : chosen })
          }
        >
          <Radio value={PIPELINE}>
            {t('exemptions.request.targetPipeline', {
              pipeline: target.pipelineName ?? target.pipelineId,
            })}
          </Radio>
          {entityRefs.map(ref => (
            <Radio key={ref} value={ref}>
              {t('exemptions.request.targetEntity', {
                entity: entityName(ref),
              })}
            </Radio>
          ))}
        </RadioGroup>
      )}
    </>
  );
}
