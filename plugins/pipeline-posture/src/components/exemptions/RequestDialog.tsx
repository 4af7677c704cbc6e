import {
  Alert,
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ExemptionLimits } from 'backstage-plugin-pipeline-posture-common';
import { useRef, useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAbout } from '../../hooks/useAbout';
import { useLocale } from '../../hooks/useLocale';
import { useNotice } from '../../hooks/useNotice';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { dayOf } from '../marks';
import { Root } from '../parts';
import { Refusal, refusalOf, useRefusalText } from './refusal';
import { RequestFields } from './RequestFields';
import {
  EarlierRequest,
  emptyForm,
  requestOf,
  RequestTarget,
  Wrong,
  wrongIn,
} from './requestForm';
import styles from './exemptions.module.css';

/** In the order in which they stand. */
const FIELDS = ['reason', 'mitigation', 'until'] as const;

/** The form of a request, in a dialog. */
export function RequestDialog(props: {
  limits: ExemptionLimits;
  target: RequestTarget;
  before?: EarlierRequest;
  onRequested?: () => void;
  onClose: () => void;
}) {
  const t = useText();
  const locale = useLocale();
  const api = useApi(pipelinePostureApiRef);
  const notify = useNotice();
  const page = usePage();
  const group = useAbout()?.access.exemptions;
  const { limits, target, before, onClose, onRequested } = props;
  const [form, setForm] = useState(() =>
    emptyForm(new Date(), { limits, target, before }),
  );
  const [wrong, setWrong] = useState<Wrong>({});
  const [refusal, setRefusal] = useState<Refusal>();
  const [pending, setPending] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const refusalText = useRefusalText();
  const extends_ = before?.state === 'active';

  const send = async () => {
    const found = wrongIn(form, new Date(), { limits, before });
    setWrong(found);
    setRefusal(undefined);
    const [first] = FIELDS.filter(field => found[field]);
    if (first) {
      fields.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setPending(true);
    const request = requestOf(form, target);
    try {
      const { id } = await api.requestExemption(request);
      notify({
        title: group
          ? t('exemptions.request.sentTo', { group })
          : t('exemptions.request.sent'),
        text: t('exemptions.request.sentText'),
        status: 'success',
        links:
          page === undefined
            ? undefined
            : [
                {
                  label: t('exemptions.request.view'),
                  href: `${page}/exemptions?exemption=${id}`,
                },
              ],
      });
      onRequested?.();
      onClose();
    } catch (error) {
      setRefusal(
        await refusalOf(error as Error, request, {
          entityRefs: target.entityRefs ?? [],
          api,
        }),
      );
    } finally {
      setPending(false);
    }
  };

  const control = target.title;
  let note: string = group
    ? t('exemptions.request.noteOf', { who: group })
    : t('exemptions.request.note');
  if (before && extends_) {
    note = t('exemptions.request.extendNote', {
      date: dayOf(before.until, locale),
    });
  }
  return (
    <>
      <DialogHeader>
        {extends_
          ? t('exemptions.request.extendTitle', { control })
          : t('exemptions.request.title', { control })}
      </DialogHeader>
      <DialogBody>
        <div ref={fields} className={styles.request}>
          <Root>
            <p>{note}</p>
            <RequestFields
              form={form}
              wrong={wrong}
              limits={limits}
              target={target}
              before={before}
              onChange={changes =>
                setForm(written => ({ ...written, ...changes }))
              }
            />
            {refusal && (
              <div role="alert">
                <Alert status="danger" icon {...refusalText(refusal)} />
              </div>
            )}
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
