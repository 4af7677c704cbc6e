import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Radio,
  RadioGroup,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ExemptionType } from 'backstage-plugin-pipeline-posture-common';
import { useRef, useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useMay } from '../../hooks/useAbout';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';
import { Root } from '../parts';
import {
  DAYS_MAXIMUM,
  emptyForm,
  REASON_MINIMUM,
  requestOf,
  Wrong,
  wrongIn,
} from './requestForm';

const TYPES: readonly ExemptionType[] = [
  'risk-accepted',
  'mitigated',
  'wrong-result',
];

/** In the order in which they stand. */
const FIELDS = ['reason', 'mitigation', 'until'] as const;

interface Target {
  controlId: string;
  pipelineId: string;
  title: string;
}

function Form(props: {
  target: Target;
  onRequested?: () => void;
  onClose: () => void;
}) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const notify = useNotice();
  const [form, setForm] = useState(() => emptyForm(new Date()));
  const [wrong, setWrong] = useState<Wrong>({});
  const [pending, setPending] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const { target, onClose, onRequested } = props;
  const change = (changes: Partial<typeof form>) =>
    setForm(before => ({ ...before, ...changes }));
  const minimum = String(REASON_MINIMUM);
  const maximum = String(DAYS_MAXIMUM);

  const send = async () => {
    const found = wrongIn(form, new Date());
    setWrong(found);
    const [first] = FIELDS.filter(field => found[field]);
    if (first) {
      fields.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setPending(true);
    try {
      const { controlId, pipelineId } = target;
      await api.requestExemption(requestOf(form, { controlId, pipelineId }));
      notify({
        title: t('exemptions.request.sent'),
        text: t('exemptions.request.sentText'),
        status: 'success',
      });
      onRequested?.();
      onClose();
    } catch (error) {
      notify({
        title: t('exemptions.request.failed'),
        text: (error as Error).message,
        status: 'danger',
      });
    } finally {
      setPending(false);
    }
  };

  return (
    <>
      <DialogHeader>
        {t('exemptions.request.title', { control: target.title })}
      </DialogHeader>
      <DialogBody>
        <div ref={fields}>
          <Root>
            <p>{t('exemptions.request.note')}</p>
            <RadioGroup
              label={t('exemptions.request.type')}
              value={form.type}
              onChange={type => change({ type: type as ExemptionType })}
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
              description={
                wrong.reason
                  ? t('exemptions.request.reasonShort', { minimum })
                  : t('exemptions.request.reasonHint', { minimum })
              }
              isRequired
              isInvalid={wrong.reason}
              value={form.reason}
              onChange={reason => change({ reason })}
            />
            <TextField
              name="mitigation"
              label={t('exemptions.request.mitigation')}
              description={
                wrong.mitigation && t('exemptions.request.mitigationMissing')
              }
              isRequired={form.type === 'mitigated'}
              isInvalid={wrong.mitigation}
              value={form.mitigation}
              onChange={mitigation => change({ mitigation })}
            />
            <TextField
              name="until"
              label={t('exemptions.request.until')}
              description={
                wrong.until
                  ? t('exemptions.request.untilWrong', { maximum })
                  : t('exemptions.request.untilHint', { maximum })
              }
              placeholder="2027-01-31"
              isRequired
              isInvalid={wrong.until}
              value={form.until}
              onChange={until => change({ until })}
            />
          </Root>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('exemptions.request.cancel')}
        </Button>
        <Button variant="primary" isPending={pending} onPress={send}>
          {t('exemptions.request.send')}
        </Button>
      </DialogFooter>
    </>
  );
}

/** Asks to tolerate a finding for a time. Nothing for those who may not ask. */
export function RequestExemption(props: {
  target: Target;
  onRequested?: () => void;
}) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const may = useMay();
  if (!may.requestExemption) return null;
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button size="small" variant="secondary">
        {t('exemptions.request.open')}
      </Button>
      <Dialog>
        <Form {...props} onClose={() => setOpen(false)} />
      </Dialog>
    </DialogTrigger>
  );
}
