import { type LocalizedText, both } from "../base/diagnostic.js";
import { type Decimal, decimalOf } from "../base/numbers.js";

/** A formula of a data table's column, over columns by their place from the left. */
export type Formula =
  | { readonly kind: "column"; readonly index: number }
  | { readonly kind: "number"; readonly value: Decimal }
  | {
      readonly kind: "operation";
      readonly sign: "+" | "-" | "*" | "/";
      readonly left: Formula;
      readonly right: Formula;
    };

/** A formula, or what is wrong with its text. */
export type ParsedFormula =
  | { readonly ok: true; readonly formula: Formula }
  | { readonly ok: false; readonly message: LocalizedText; readonly unknown: string | null };

/** A column as formulas know it: by id, and by the number under its name. */
export interface FormulaColumn {
  readonly id: string;
  readonly number: string | null;
}

/**
 * Read a formula: "tw+tinh+huyen" names columns by id, "3=4+5+6" by the numbers under their names,
 * as Vietnamese tables print them. Signs: + - * × : / ( ). An id may hold "-": the longest known id
 * is taken.
 */
export function parseFormula(text: string, columns: readonly FormulaColumn[]): ParsedFormula {
  const equals = text.indexOf("=");
  return new FormulaParser(text, equals < 0 ? 0 : equals + 1, columns).parse();
}

class Refusal extends Error {
  constructor(
    readonly words: LocalizedText,
    readonly unknown: string | null = null,
  ) {
    super(words.en);
  }
}

/** Brackets within brackets, as Excel allows them. */
const MAX_DEPTH = 64;
/** Signs between columns and numbers: a table has no more columns. */
const MAX_SIGNS = 500;
/** Letters of a formula that a finding shows. */
const MAX_SHOWN = 60;

class FormulaParser {
  readonly #byNumber: boolean;
  #depth = 0;
  #signs = 0;

  constructor(
    private readonly text: string,
    private at: number,
    private readonly columns: readonly FormulaColumn[],
  ) {
    this.#byNumber = at > 0;
  }

  parse(): ParsedFormula {
    try {
      const formula = this.#sum();
      this.#blank();
      if (this.at < this.text.length) throw this.#unexpected();
      return { ok: true, formula };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ok: false, message: error.words, unknown: error.unknown };
    }
  }

  #sum(): Formula {
    let left = this.#product();
    for (;;) {
      const sign = this.#sign("+-–");
      if (sign === null) return left;
      left = { kind: "operation", sign: sign === "+" ? "+" : "-", left, right: this.#product() };
    }
  }

  #product(): Formula {
    let left = this.#operand();
    for (;;) {
      const sign = this.#sign("*×x/:");
      if (sign === null) return left;
      left = {
        kind: "operation",
        sign: sign === "/" || sign === ":" ? "/" : "*",
        left,
        right: this.#operand(),
      };
    }
  }

  #operand(): Formula {
    this.#blank();
    if (this.text[this.at] === "(") {
      this.at++;
      if (++this.#depth > MAX_DEPTH) throw tooDeep();
      const inner = this.#sum();
      this.#depth--;
      this.#blank();
      if (this.text[this.at] !== ")") throw this.#unexpected();
      this.at++;
      return inner;
    }
    const rest = this.text.slice(this.at);
    const [number] = /^\d+(?:\.\d+)?/u.exec(rest) ?? [];
    if (number !== undefined) {
      this.at += number.length;
      return this.#byNumber
        ? this.#column(number, (column) => column.number === number)
        : { kind: "number", value: decimalOf(Number(number)) };
    }
    const known = this.columns
      .filter(({ id }) => rest.startsWith(id) && !/^[\w]/u.test(rest.slice(id.length)))
      .sort((a, b) => b.id.length - a.id.length)[0];
    const name = known?.id ?? /^[a-z][\w]*(?:-[\w]+)*/u.exec(rest)?.[0];
    if (name === undefined) throw this.#unexpected();
    this.at += name.length;
    return this.#column(name, ({ id }) => id === name);
  }

  #column(name: string, matches: (column: FormulaColumn) => boolean): Formula {
    const index = this.columns.findIndex(matches);
    if (index < 0)
      throw new Refusal(
        both(
          `công thức “${this.#shown()}” gọi cột “${name}”, không có cột đó`,
          `the formula “${this.#shown()}” names the column “${name}”, which is not there`,
        ),
        name,
      );
    return { kind: "column", index };
  }

  #sign(signs: string): string | null {
    this.#blank();
    const sign = this.text[this.at];
    if (sign === undefined || !signs.includes(sign)) return null;
    this.at++;
    if (++this.#signs > MAX_SIGNS) throw tooLong();
    return sign;
  }

  /** The formula as findings show it. */
  #shown(): string {
    return this.text.length > MAX_SHOWN ? `${this.text.slice(0, MAX_SHOWN)}…` : this.text;
  }

  #blank(): void {
    while (/\s/u.test(this.text[this.at] ?? "")) this.at++;
  }

  #unexpected(): Refusal {
    const found = this.text.slice(this.at, this.at + 8);
    return found === ""
      ? new Refusal(
          both(
            `công thức “${this.#shown()}” viết chưa hết`,
            `the formula “${this.#shown()}” is not complete`,
          ),
        )
      : new Refusal(
          both(
            `công thức “${this.#shown()}” không đọc được từ “${found}”`,
            `the formula “${this.#shown()}” cannot be read from “${found}”`,
          ),
        );
  }
}

function tooDeep(): Refusal {
  return new Refusal(
    both(
      `công thức lồng ngoặc quá sâu: nhiều nhất ${MAX_DEPTH} lớp`,
      `the formula has brackets in more than ${MAX_DEPTH} levels`,
    ),
  );
}

function tooLong(): Refusal {
  return new Refusal(
    both(
      `công thức quá dài: nhiều nhất ${MAX_SIGNS} phép tính`,
      `the formula is too long: at most ${MAX_SIGNS} operations`,
    ),
  );
}

/** The columns a formula needs. */
export function formulaColumns(formula: Formula): readonly number[] {
  if (formula.kind === "operation")
    return [...formulaColumns(formula.left), ...formulaColumns(formula.right)];
  return formula.kind === "column" ? [formula.index] : [];
}

/** Whether a formula has one of these signs. */
export function formulaHas(formula: Formula, sign: "*" | "/"): boolean {
  return (
    formula.kind === "operation" &&
    (formula.sign === sign || formulaHas(formula.left, sign) || formulaHas(formula.right, sign))
  );
}

/** A formula's numbers that stand in it themselves. */
export function formulaNumbers(formula: Formula): readonly Decimal[] {
  if (formula.kind === "operation")
    return [...formulaNumbers(formula.left), ...formulaNumbers(formula.right)];
  return formula.kind === "number" ? [formula.value] : [];
}

/** An exact value on the way: numerator / denominator, the denominator positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The exact value of a formula; null when it has none. Nothing is not zero: a sum leaves out what
 * is not given and is null when nothing is given; a product or quotient needs both; a division by
 * zero gives null.
 */
export function evaluateFormula(
  formula: Formula,
  valueOf: (index: number) => Decimal | null,
): Fraction | null {
  if (formula.kind === "number") return fractionOf(formula.value);
  if (formula.kind === "column") {
    const value = valueOf(formula.index);
    return value === null ? null : fractionOf(value);
  }
  const left = evaluateFormula(formula.left, valueOf);
  const right = evaluateFormula(formula.right, valueOf);
  const { sign } = formula;
  if (sign === "+" || sign === "-") {
    if (left === null || right === null)
      return (
        left ??
        (right === null ? null : sign === "+" ? right : { ...right, numerator: -right.numerator })
      );
    const [a, b] = [left.numerator * right.denominator, right.numerator * left.denominator];
    return {
      numerator: sign === "+" ? a + b : a - b,
      denominator: left.denominator * right.denominator,
    };
  }
  if (left === null || right === null) return null;
  if (sign === "*")
    return {
      numerator: left.numerator * right.numerator,
      denominator: left.denominator * right.denominator,
    };
  if (right.numerator === 0n) return null;
  const flip = right.numerator < 0n ? -1n : 1n;
  return {
    numerator: flip * left.numerator * right.denominator,
    denominator: flip * left.denominator * right.numerator,
  };
}

function fractionOf({ digits, scale }: Decimal): Fraction {
  return { numerator: digits, denominator: 10n ** BigInt(scale) };
}

/**
 * A fraction as a decimal: exact when it can be written with `places` decimals or fewer, else
 * rounded half away from zero.
 */
export function roundFraction({ numerator, denominator }: Fraction, places: number): Decimal {
  const power = 10n ** BigInt(places);
  const scaled = numerator * power;
  const negative = scaled < 0n;
  const size = negative ? -scaled : scaled;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return { digits: negative ? -rounded : rounded, scale: places };
}
