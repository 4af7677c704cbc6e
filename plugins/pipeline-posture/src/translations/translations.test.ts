import messagesInGerman from './de';
import { messages } from './en';
import { flatMessages } from './flatMessages';

const english = flatMessages(messages);
const german: Record<string, string> = messagesInGerman;
const variables = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();

describe('the German text', () => {
  it('says everything that the English text says', () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('uses the variables of %s', key => {
    expect(variables(german[key])).toEqual(variables(english[key]));
  });
});
