import { ar, de, en, fr, type Messages } from '@recon/react'
import { createContext, useContext, useState } from 'react'
import { type Language, type WorkbenchWords, workbenchWords } from './workbench-words.ts'

const key = 'recon-workbench-language'
const languages: readonly Language[] = ['en', 'de', 'fr', 'ar']
const names: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', fr: 'Français', ar: 'العربية' }

/** The message pack of the screens, and the tag numbers and dates follow. */
export const packs: Readonly<Record<Language, { readonly messages: Messages; readonly locale: string }>> = {
  en: { messages: en, locale: 'en-GB' },
  de: { messages: de, locale: 'de' },
  fr: { messages: fr, locale: 'fr' },
  ar: { messages: ar, locale: 'ar' },
}

export function useLanguage(): readonly [Language, (language: Language) => void] {
  const [language, setLanguage] = useState<Language>(() => {
    const saved = window.localStorage.getItem(key)
    return languages.find((known) => known === saved) ?? 'en'
  })
  return [
    language,
    (next) => {
      window.localStorage.setItem(key, next)
      setLanguage(next)
    },
  ]
}

export const WordsContext = createContext<WorkbenchWords>(workbenchWords.en)
export const useWords = (): WorkbenchWords => useContext(WordsContext)

/** Arabic turns the whole workbench around. */
export function LanguageChoice(props: {
  readonly language: Language
  readonly onChange: (language: Language) => void
}) {
  const { languageTitle } = useWords()
  return (
    <label className="wb-language">
      <span>{languageTitle}</span>
      <select
        value={props.language}
        onChange={(event) => props.onChange(languages.find((known) => known === event.target.value) ?? 'en')}
      >
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {names[language]}
          </option>
        ))}
      </select>
    </label>
  )
}
