import { textOf, YamlNode } from '../yaml/nodes';
import { declaredVariables } from '../yaml/variables';
import { CodeReader } from './CodeReader';
import { NamedUse } from './types';

export function readVariables(
  block: YamlNode | undefined,
  of: string,
  reader: CodeReader,
): NamedUse[] {
  const groups: NamedUse[] = [];
  for (const each of declaredVariables(block)) {
    if (each.kind === 'group') groups.push(reader.use(each.node));
    else {
      const text = textOf(each.value);
      if (text !== undefined) {
        reader.setting(
          each.name,
          text,
          `variable ${each.name}${of}`,
          'code',
          reader.location(each.value),
        );
      }
    }
  }
  return groups;
}
