/** Lint rules of this house that no linter brings. Loaded by .oxlintrc.json. */

/** Methods of the platform, of libraries and of the test runner that take a boolean. */
const TAKES_A_BOOLEAN =
  /^(?:default|set|add|push|fill|toBe|toEqual|toStrictEqual|resolve|cloneNode|ondata|(?:get|set)(?:Big)?(?:Uint|Int|Float)\d+)$/u;

/**
 * A bare `true` in a call says nothing about what is true: name it in an object, or use two words.
 */
const noBooleanArguments = {
  meta: { type: "suggestion", schema: [] },
  create(context) {
    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type === "MemberExpression" && TAKES_A_BOOLEAN.test(callee.property.name ?? ""))
          return;
        for (const argument of node.arguments)
          if (argument.type === "Literal" && typeof argument.value === "boolean")
            context.report({
              node: argument,
              message: `“${argument.value}” as an argument: name it by a union or an option`,
            });
      },
    };
  },
};

export default {
  meta: { name: "house" },
  rules: { "no-boolean-arguments": noBooleanArguments },
};
