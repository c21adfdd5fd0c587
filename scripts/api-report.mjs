// Writes docs/api/<package>[.<entry>].md: every public name with its signature, as reviewed in a pull request.
// With --check it only compares and exits 1 when a report is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const entries = readdirSync(join(root, 'packages')).flatMap((name) => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))
  if (manifest.private) return []
  return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
    const source = typeof target === 'object' ? target['recon-source'] : undefined
    if (!source?.match(/\.tsx?$/)) return []
    const suffix = subpath === '.' ? '' : `.${subpath.slice(2).replaceAll('/', '.')}`
    return [
      {
        title: manifest.name + subpath.slice(1),
        source: join(root, 'packages', name, source),
        report: `docs/api/${name}${suffix}.md`,
      },
    ]
  })
})

const base = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile).config.compilerOptions
const { options } = ts.convertCompilerOptionsFromJson({ ...base, types: ['node', 'react'] }, root)
const program = ts.createProgram(
  entries.map((entry) => entry.source),
  options,
)
const checker = program.getTypeChecker()
const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope

function describe(symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const declaration = target.declarations?.[0]
  if (declaration === undefined) return symbol.name
  if (ts.isInterfaceDeclaration(declaration)) return `interface ${symbol.name} { ${members(declaration.members)} }`
  if (ts.isTypeAliasDeclaration(declaration)) return `type ${symbol.name} = ${oneLine(declaration.type.getText())}`
  if (ts.isClassDeclaration(declaration)) return `class ${symbol.name}`
  const type = checker.typeToString(checker.getTypeOfSymbolAtLocation(target, declaration), undefined, flags)
  return `${ts.isFunctionDeclaration(declaration) ? 'function' : 'const'} ${symbol.name}: ${oneLine(type)}`
}

const oneLine = (text) => {
  const line = text
    .replaceAll(/\/\*\*?[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > 400 ? `${line.slice(0, 397)}...` : line
}
const members = (list) => list.map((member) => oneLine(member.getText())).join('; ')

let stale = 0
mkdirSync(join(root, 'docs/api'), { recursive: true })
for (const entry of entries) {
  const file = program.getSourceFile(entry.source)
  const symbol = file && checker.getSymbolAtLocation(file)
  const names = symbol ? checker.getExportsOfModule(symbol).map(describe).sort() : []
  const text = `# ${entry.title}\n\nWritten by \`pnpm api-report\`; a change here is a change for users.\n\n\`\`\`ts\n${names.join('\n')}\n\`\`\`\n`
  const path = join(root, entry.report)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  stale += 1
  if (process.argv.includes('--check'))
    console.log(`${relative(root, path)} is out of date: run "pnpm api-report" and review the difference`)
  else writeFileSync(path, text)
}
process.exit(process.argv.includes('--check') && stale > 0 ? 1 : 0)
