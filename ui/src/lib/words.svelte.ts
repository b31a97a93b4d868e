/** The interface's words: one message file a language, switched without reloading. */
import en from "../../messages/en.json";
import zhCN from "../../messages/zh-CN.json";
import zhTW from "../../messages/zh-TW.json";
import type { Locale } from "./bindings";

export type { Locale };
export const locales = ["zh-CN", "zh-TW", "en"] as const satisfies readonly Locale[];
/** Each language calls itself by its own name, whichever is spoken. */
export const languageNames: Record<Locale, string> = { "zh-CN": zhCN["language_name"], "zh-TW": zhTW["language_name"], en: en["language_name"] };
export type MessageKey = keyof typeof zhCN;
export type MessageValues = Record<string, string | number>;
/** A language that counts differently for one and for many gives both. */
export type Message = string | { one: string; other: string };

const languages: Record<Locale, Record<MessageKey, Message>> = { "zh-CN": zhCN, "zh-TW": zhTW, en };

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
  const first = (languagesAsked[0] ?? "").toLowerCase();
  if (first.startsWith("en")) return "en";
  // Macau, Hong Kong and Taiwan print in traditional characters unless the script is named.
  return /^zh-(hant|(tw|hk|mo)\b)/.test(first) ? "zh-TW" : "zh-CN";
}

/** The message `key` in the current language, `{name}` replaced by `values.name`; `values.count` chooses one or many. */
export function say(key: MessageKey, values: MessageValues = {}): string {
  return fill(languages[current][key], current, values);
}

/** A message in every language, for who searches it in another than is shown. */
export function allWords(key: MessageKey): string {
  return locales.map((locale) => languages[locale][key]).filter((message) => typeof message === "string").join(" ");
}

const pluralRules = { "zh-CN": new Intl.PluralRules("zh-CN"), "zh-TW": new Intl.PluralRules("zh-TW"), en: new Intl.PluralRules("en") };

export function fill(message: Message, locale: Locale, values: MessageValues): string {
  const text =
    typeof message === "string"
      ? message
      : pluralRules[locale].select(Number(values["count"])) === "one"
        ? message.one
        : message.other;
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
