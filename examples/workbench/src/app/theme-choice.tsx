import { useState } from 'react'
import { useWords } from './language-choice.tsx'

export type Theme = 'light' | 'dark' | 'system'

const key = 'recon-workbench-theme'
const themes: readonly Theme[] = ['system', 'light', 'dark']

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const saved = window.localStorage.getItem(key)
    return saved === 'light' || saved === 'dark' ? saved : 'system'
  })
  return [
    theme,
    (next) => {
      window.localStorage.setItem(key, next)
      setTheme(next)
    },
  ]
}

export function ThemeChoice({ theme, onChange }: { readonly theme: Theme; readonly onChange: (theme: Theme) => void }) {
  const words = useWords()
  return (
    <fieldset className="wb-theme">
      <legend className="wb-hidden">{words.coloursTitle}</legend>
      {themes.map((value) => (
        <label key={value} data-chosen={value === theme || undefined}>
          <input type="radio" name="theme" checked={value === theme} onChange={() => onChange(value)} />
          {words.colours[value]}
        </label>
      ))}
    </fieldset>
  )
}
