import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

const test = /\.(spec|int-spec|fixture)\.ts$/;

/** What an app's sources (without its tests) import from the contracts as values. */
export async function contractsUsedBy(root: string, app: string): Promise<Set<string>> {
  const sources = await sourcesUnder(root, `apps/${app}/src`);
  return new Set(sources.flatMap(({ statements }) => statements.flatMap(namesImported)));
}

/** The doc comment of each exported value of the contracts, as one line. */
export async function contractComments(root: string): Promise<Map<string, string>> {
  const sources = await sourcesUnder(root, 'libs/contracts/src');
  return new Map(
    sources.flatMap(({ statements }) =>
      statements.filter(ts.isVariableStatement).flatMap((statement) => {
        const [comment] = ts.getJSDocCommentsAndTags(statement);
        const text = comment && ts.getTextOfJSDocComment(comment.comment);
        const [declaration] = statement.declarationList.declarations;
        return text ? [[declaration!.name.getText(), text.replaceAll(/\s+/g, ' ')] as const] : [];
      }),
    ),
  );
}

async function sourcesUnder(root: string, folder: string): Promise<ts.SourceFile[]> {
  const paths = await Array.fromAsync(glob(`${folder}/**/*.ts`, { cwd: root }));
  return Promise.all(
    paths
      .filter((path) => !test.test(path))
      .sort()
      .map(async (path) =>
        ts.createSourceFile(path, await readFile(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true),
      ),
  );
}

function namesImported(statement: ts.Statement): string[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const { moduleSpecifier, importClause } = statement;
  if ((moduleSpecifier as ts.StringLiteral).text !== '@shop/contracts') return [];
  const bindings = importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings) || importClause.isTypeOnly) return [];
  return bindings.elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ name, propertyName }) => (propertyName ?? name).text);
}
