const order = '@layer recon.tokens, recon.base, recon.parts, recon.screens;'
const reversed = '@layer recon.screens, recon.parts, recon.base, recon.tokens;'

/**
 * The stylesheet that a host's element styles (`button { all: unset }`, `td { padding: 40px }`) cannot break: every
 * declaration but custom properties becomes important, which in a layer beats everything unlayered. Important layers count
 * the other way round, so their order is turned too. Theming stays with the custom properties; a host that means to
 * override a rule does it from a layer declared before `recon`.
 */
export function guardStyles(css) {
  if (!css.includes(order)) throw new Error('styles.css does not start with the order of its layers.')
  let keyframes = 0
  return css
    .replace(order, reversed)
    .split('\n')
    .map((line) => {
      if (keyframes > 0 || /^\s*@keyframes/.test(line)) {
        keyframes += (line.match(/\{/g) ?? []).length - (line.match(/\}/g) ?? []).length
        return line
      }
      const declaration = /^\s+(?!--)[a-z-]+:.*[^{]$/.test(line) && line.trimEnd().endsWith(';')
      const important = line.includes('!important') || line.includes('@layer')
      return declaration && !important ? line.replace(/;(\s*)$/, ' !important;$1') : line
    })
    .join('\n')
}
