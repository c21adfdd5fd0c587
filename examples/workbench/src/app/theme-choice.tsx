import { useState } from 'react'

export type Theme = 'light' | 'dark' | 'system'

const key = 'recon-workbench-theme'
const themes: readonly Theme[] = ['system', 'light', 'dark']
const words: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' }

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
  return (
    <fieldset className="wb-theme">
      <legend className="wb-hidden">Colours</legend>
      {themes.map((value) => (
        <label key={value} data-chosen={value === theme || undefined}>
          <input type="radio" name="theme" checked={value === theme} onChange={() => onChange(value)} />
          {words[value]}
        </label>
      ))}
    </fieldset>
  )
}
