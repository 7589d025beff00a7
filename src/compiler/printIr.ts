/** The IR as text: one line a statement, expressions in brackets. Two functions are the same code if they print the same. */

import type { IrExpression, IrFunction, IrStatement } from './ir.ts';

export function printFunction(fn: IrFunction): string {
  const { parameters, result } = fn.signature;
  const locals = fn.locals.length > 0 ? ` locals(${fn.locals.join(' ')})` : '';
  return `function ${JSON.stringify(fn.symbol)} (${parameters.join(' ')}) ${result}${locals}\n${printBody(fn.body, '  ')}`;
}

/** Everything but the name: what decides whether compiled code can be kept. */
export function printCode(fn: IrFunction): string {
  return `(${fn.signature.parameters.join(' ')}) ${fn.signature.result} (${fn.locals.join(' ')})\n${printBody(fn.body, '')}`;
}

function printBody(body: readonly IrStatement[], indent: string): string {
  let text = '';
  for (const statement of body) text += printStatement(statement, indent);
  return text;
}

function printStatement(statement: IrStatement, indent: string): string {
  const inner = `${indent}  `;
  switch (statement.op) {
    case 'set':
      return `${indent}set ${statement.index} ${print(statement.value)}\n`;
    case 'store':
      return `${indent}store.${statement.access} ${print(statement.pointer)} +${statement.offset} ${print(statement.value)}\n`;
    case 'effect':
      return `${indent}effect ${print(statement.value)}\n`;
    case 'if': {
      const yes = `${indent}if ${print(statement.test)}\n${printBody(statement.yes, inner)}`;
      return statement.no.length > 0 ? `${yes}${indent}else\n${printBody(statement.no, inner)}` : yes;
    }
    case 'block':
      return `${indent}block ${statement.label}\n${printBody(statement.body, inner)}`;
    case 'loop':
      return `${indent}loop ${statement.label} #${statement.site}\n${printBody(statement.body, inner)}`;
    case 'break':
    case 'continue':
      return `${indent}${statement.op} ${statement.label}\n`;
    case 'return':
      return `${indent}return${statement.value ? ` ${print(statement.value)}` : ''}\n`;
    case 'clear':
      return `${indent}clear ${print(statement.pointer)} ${print(statement.sizeBytes)} #${statement.site}\n`;
    case 'copy':
      return `${indent}copy ${print(statement.to)} ${print(statement.from)} ${print(statement.sizeBytes)} #${statement.site}\n`;
    case 'release':
      return `${indent}release ${print(statement.from)}\n`;
    case 'ifLive':
      return `${indent}ifLive\n${printBody(statement.yes, inner)}`;
    case 'view':
      return `${indent}view ${statement.data} ${statement.length} <<${statement.shift} $${statement.pointer}\n`;
    case 'fuel':
    case 'trap':
      return `${indent}${statement.op} #${statement.site}\n`;
  }
}

export const printExpression = (expression: IrExpression): string => print(expression);

function print(expression: IrExpression): string {
  switch (expression.op) {
    case 'const':
      return `${expression.type}:${Object.is(expression.value, -0) ? '-0' : expression.value}`;
    case 'local':
      return `$${expression.index}`;
    case 'tee':
      return `(tee ${expression.index} ${print(expression.value)})`;
    case 'unary':
      return `(${expression.name} ${print(expression.value)})`;
    case 'binary':
      return `(${expression.name} ${print(expression.left)} ${print(expression.right)})`;
    case 'load':
      return `(load.${expression.access} ${print(expression.pointer)} +${expression.offset})`;
    case 'select':
    case 'conditional':
      return `(${expression.op} ${print(expression.test)} ${print(expression.yes)} ${print(expression.no)})`;
    case 'block': {
      let effects = '';
      for (const effect of expression.effects)
        effects += printStatement(effect, '').trimEnd().replaceAll('\n', '; ').concat('; ');
      return `{${effects}${print(expression.value)}}`;
    }
    case 'symbol':
      return `@${expression.kind}:${JSON.stringify(expression.name)}`;
    case 'call':
      return `(call ${JSON.stringify(expression.target)}${expression.args.map((arg) => ` ${print(arg)}`).join('')})`;
    case 'callIndirect': {
      const { parameters, result } = expression.signature;
      return `(callIndirect ${parameters.join(' ')} ${result} ${print(expression.code)}${expression.args.map((arg) => ` ${print(arg)}`).join('')})`;
    }
    case 'allocate':
      return `(allocate ${print(expression.sizeBytes)} #${expression.site})`;
    case 'element':
      return `(element $${expression.data} $${expression.length} $${expression.index} <<${expression.shift})`;
    case 'guard':
      return `(guard.${expression.target} $${expression.index} ${expression.bytes} #${expression.site})`;
  }
}
