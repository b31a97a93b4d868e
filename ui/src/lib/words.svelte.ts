/** The interface's words: one message file a language, switched without reloading. */
import en from "../../messages/en.json";
import zhCN from "../../messages/zh-CN.json";

export type Locale = "zh-CN" | "en";
export type MessageKey = keyof typeof zhCN;
export type MessageValues = Record<string, string | number>;
/** A language that counts differently for one and for many gives both. */
export type Message = string | { one: string; other: string };

const languages: Record<Locale, Record<MessageKey, Message>> = { "zh-CN": zhCN, en };

let current = $state<Locale>("zh-CN");

export const words = {
  get locale(): Locale {
    return current;
  },
  set locale(locale: Locale) {
    current = locale;
  },
};

/** The reader's language when nothing was chosen: Chinese unless the system clearly speaks something else. */
export function systemLocale(languagesAsked: readonly string[] = navigator.languages): Locale {
  const first = languagesAsked[0] ?? "zh-CN";
  return first.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

/** The message `key` in the current language, `{name}` replaced by `values.name`; `values.count` chooses one or many. */
export function say(key: MessageKey, values: MessageValues = {}): string {
  return fill(languages[current][key], current, values);
}

export function fill(message: Message, locale: Locale, values: MessageValues): string {
  const text =
    typeof message === "string"
      ? message
      : new Intl.PluralRules(locale).select(Number(values["count"])) === "one"
        ? message.one
        : message.other;
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
