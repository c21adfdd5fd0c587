// Finds the places of a source file where one small change should make a test fail.
import ts from 'typescript'

const binary = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
  [ts.SyntaxKind.LessThanToken]: ['<=', '>='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<', '>'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<'],
  [ts.SyntaxKind.PlusToken]: ['-'],
  [ts.SyntaxKind.MinusToken]: ['+'],
  [ts.SyntaxKind.AsteriskToken]: ['/'],
  [ts.SyntaxKind.SlashToken]: ['*'],
  [ts.SyntaxKind.PercentToken]: ['*'],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
  [ts.SyntaxKind.BarBarToken]: ['&&'],
  [ts.SyntaxKind.QuestionQuestionToken]: ['&&'],
  [ts.SyntaxKind.PlusEqualsToken]: ['-='],
  [ts.SyntaxKind.MinusEqualsToken]: ['+='],
}

const methods = {
  every: 'some',
  some: 'every',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  padStart: 'padEnd',
  padEnd: 'padStart',
  trimEnd: 'trimStart',
  trimStart: 'trimEnd',
}

/** Words of a message are for people: no test pins them, and a changed word is no defect. */
const isProse = (text) => /\s/.test(text)

/** Every mutant as `{ line, what, start, end, replacement }`, in order of place. */
export function mutantsOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found = []
  const add = (node, replacement, what, start = node.getStart(file), end = node.getEnd()) => {
    const { line } = file.getLineAndCharacterOfPosition(start)
    found.push({ line: line + 1, what, start, end, replacement })
  }
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      )
      const plus = operator.kind === ts.SyntaxKind.PlusToken
      if (!(isText && plus))
        for (const other of binary[operator.kind] ?? []) add(operator, other, `${operator.getText(file)} to ${other}`)
    }
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isIfStatement(node) ? node.expression : node.condition
      add(condition, 'true', 'condition to true')
      add(condition, 'false', 'condition to false')
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false', 'true to false')
    if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true', 'false to true')
    if (
      ts.isPrefixUnaryExpression(node) &&
      (node.operator === ts.SyntaxKind.MinusToken || node.operator === ts.SyntaxKind.ExclamationToken)
    ) {
      add(node, node.operand.getText(file), `${node.getText(file).slice(0, 1)} left out`)
    }
    if (ts.isBigIntLiteral(node)) add(node, node.text === '0n' ? '1n' : '0n', `${node.text} changed`)
    if (ts.isNumericLiteral(node)) add(node, String(Number(node.text) + 1), `${node.text} plus one`)
    if (ts.isStringLiteral(node) && !ts.isPropertyAssignment(node.parent.parent ?? node) && !isProse(node.text)) {
      add(node, node.text === '' ? "'mutant'" : "''", `"${node.text}" changed`)
    }
    if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) add(node, '[]', 'list emptied')
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression
      if (methods[name.text]) add(name, methods[name.text], `${name.text} to ${methods[name.text]}`)
      if (['filter', 'sort', 'reverse', 'trim'].includes(name.text)) {
        add(node, expression.getText(file), `${name.text} left out`, node.getStart(file), node.getEnd())
      }
    }
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) add(node.body, '(undefined)', 'arrow gives nothing')
    if (ts.isBlock(node) && node.statements.length > 0 && ts.isForOfStatement(node.parent))
      add(node, '{}', 'loop emptied')
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** The source with one mutant in it. */
export function mutated(text, mutant) {
  return text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end)
}
