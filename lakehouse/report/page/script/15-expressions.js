// Vega's expressions as nested functions, made once of each. The policy lets no text become a
// program, and Vega's own interpreter walks through an expression anew for each mark and channel.
const MATHEMATICAL = "abs acos asin atan atan2 ceil cos exp floor log max min pow random round sin sqrt tan";
const OF_TEXTS = { substring: String, split: String, replace: String, join: null, slice: null };
const OF_DATES = {
  ...{ date: "Date", day: "Day", year: "FullYear", month: "Month", hours: "Hours" },
  ...{ minutes: "Minutes", seconds: "Seconds", milliseconds: "Milliseconds" },
};
const method = (name, kind) => (value, ...rest) => (kind ? kind(value) : value)[name](...rest);
const sameOf = (names, make) => Object.fromEntries(names.map((name) => [name, make(name)]));

// What stands in expressions beside Vega's own functions, such as `scale`, which know their view.
const plainFunctions = {
  ...sameOf(MATHEMATICAL.split(" "), (name) => Math[name]),
  ...sameOf(Object.keys(OF_TEXTS), (name) => method(name, OF_TEXTS[name])),
  ...sameOf(Object.keys(OF_DATES), (name) => (time) => new Date(time)[`get${OF_DATES[name]}`]()),
  ...Object.fromEntries(
    Object.entries(OF_DATES).map(([name, part]) => [
      `utc${name}`,
      (time) => new Date(time)[`getUTC${part}`](),
    ])
  ),
  ...{ isNaN: Number.isNaN, isFinite: Number.isFinite, parseFloat, parseInt },
  ...{ now: Date.now, utc: Date.UTC, time: (time) => new Date(time).getTime() },
  timezoneoffset: (time) => new Date(time).getTimezoneOffset(),
  datetime: (first, month = 0, ...rest) =>
    typeof first === "string" ? new Date(first) : new Date(first, month, ...rest),
  clamp: (value, low, high) => Math.max(low, Math.min(high, value)),
  length: (value) => value.length,
  indexof: method("indexOf"),
  lastindexof: method("lastIndexOf"),
  reverse: (values) => values.slice().reverse(),
  upper: (value) => String(value).toUpperCase(),
  lower: (value) => String(value).toLowerCase(),
  trim: (value) => String(value).trim(),
  regexp: RegExp,
  test: (pattern, value) => RegExp(pattern).test(value),
};
const ofEvents = new Set(["view", "item", "group", "xy", "x", "y"]);

const constants = {
  ...sameOf(["E", "LN2", "LN10", "LOG2E", "LOG10E", "PI", "SQRT1_2", "SQRT2"], (name) => Math[name]),
  ...{ NaN, MIN_VALUE: Number.MIN_VALUE, MAX_VALUE: Number.MAX_VALUE },
};
const BINARY = {
  "+": (a, b) => (s) => a(s) + b(s),
  "-": (a, b) => (s) => a(s) - b(s),
  "*": (a, b) => (s) => a(s) * b(s),
  "/": (a, b) => (s) => a(s) / b(s),
  "%": (a, b) => (s) => a(s) % b(s),
  "<": (a, b) => (s) => a(s) < b(s),
  ">": (a, b) => (s) => a(s) > b(s),
  "<=": (a, b) => (s) => a(s) <= b(s),
  ">=": (a, b) => (s) => a(s) >= b(s),
  "==": (a, b) => (s) => a(s) == b(s),
  "!=": (a, b) => (s) => a(s) != b(s),
  "===": (a, b) => (s) => a(s) === b(s),
  "!==": (a, b) => (s) => a(s) !== b(s),
  "&": (a, b) => (s) => a(s) & b(s),
  "|": (a, b) => (s) => a(s) | b(s),
  "^": (a, b) => (s) => a(s) ^ b(s),
  "<<": (a, b) => (s) => a(s) << b(s),
  ">>": (a, b) => (s) => a(s) >> b(s),
  ">>>": (a, b) => (s) => a(s) >>> b(s),
  "&&": (a, b) => (s) => a(s) && b(s),
  "||": (a, b) => (s) => a(s) || b(s),
};
const UNARY = {
  "+": (a) => (s) => +a(s),
  "-": (a) => (s) => -a(s),
  "~": (a) => (s) => ~a(s),
  "!": (a) => (s) => !a(s),
};

// No expression needs a function as a value, and with one it could reach whatever it likes.
const harmless = (value) => (typeof value === "function" ? undefined : value);
const operated = (node) => BINARY[node.operator](made(node.left), made(node.right));

const KINDS = {
  Literal: ({ value }) => () => value,
  Identifier({ name, value }) {
    if (name === "datum" || name === "event" || name === "item") return (s) => s[name];
    if (Object.hasOwn(constants, name)) return () => constants[name];
    const signal = `$${name ?? value}`;
    return (s) => harmless(s.params[signal]);
  },
  MemberExpression({ object, property, computed }) {
    const key = computed && made(property);
    const name = property.name;
    // Labels by their codes are long, and the same for every mark.
    const whole = isConstant(object) ? kept(made(object)) : made(object);
    return key ? (s) => harmless(whole(s)[key(s)]) : (s) => harmless(whole(s)[name]);
  },
  CallExpression({ callee, arguments: given }) {
    const name = callee.name.replace(/^_/, "");
    const [first, second, third] = given.map(made);
    if (name === "if") return (s) => (first(s) ? second(s) : third(s));
    if (ofEvents.has(name)) {
      const all = given.map(made);
      return (s) => s.event.vega[name](...all.map((one) => one(s)));
    }
    const found = (s) => s.functions[name] ?? plainFunctions[name];
    if (given.length === 1) return (s) => found(s).call(s.functions, first(s));
    if (given.length === 2) return (s) => found(s).call(s.functions, first(s), second(s));
    const all = given.map(made);
    return (s) => found(s).apply(s.functions, all.map((one) => one(s)));
  },
  ArrayExpression({ elements }) {
    const all = elements.map(made);
    return (s) => all.map((one) => one(s));
  },
  ObjectExpression({ properties }) {
    const all = properties.map(({ key, value }) => [key.name ?? key.value, made(value)]);
    return (s) => {
      const whole = {};
      for (const [name, one] of all) whole[name] = one(s);
      return whole;
    };
  },
  BinaryExpression: operated,
  LogicalExpression: operated,
  UnaryExpression: ({ operator, argument }) => UNARY[operator](made(argument)),
  ConditionalExpression({ test, consequent, alternate }) {
    const [condition, one, other] = [test, consequent, alternate].map(made);
    return (s) => (condition(s) ? one(s) : other(s));
  },
};

function isConstant(node) {
  if (node.type === "ObjectExpression") return node.properties.every(({ value }) => isConstant(value));
  return node.type === "Literal" || (node.type === "ArrayExpression" && node.elements.every(isConstant));
}

function kept(make) {
  let value;
  return () => (value ??= make());
}

// By its tree, which all panels of a figure share.
const functionsOf = new WeakMap();
function made(node) {
  let one = functionsOf.get(node);
  if (!one) functionsOf.set(node, (one = KINDS[node.type](node)));
  return one;
}

// Many are never asked, such as those of events: made when first they are.
function evaluated({ ast }, { functions }, names) {
  return (...given) => {
    const scope = { functions, params: undefined, datum: undefined, event: undefined, item: undefined };
    names.forEach((name, place) => (scope[name] = given[place]));
    return made(ast)(scope);
  };
}

const swap = (item, from, to) => {
  if (item[from] > item[to]) [item[from], item[to]] = [item[to], item[from]];
};

// A second end or a middle, instead of a size.
function placed(item, channels, isBox) {
  for (const [from, to, middle, size] of [
    ["x", "x2", "xc", "width"],
    ["y", "y2", "yc", "height"],
  ]) {
    if (channels[to]) {
      if (channels[from]) {
        if (isBox) swap(item, from, to);
        item[size] = item[to] - item[from];
      } else item[from] = item[to] - (item[size] || 0);
    }
    if (channels[middle]) item[from] = item[middle] - (item[size] || 0) / 2;
  }
}

// As Vega asks an interpreter for them.
const expressions = {
  operator: (context, expression) => evaluated(expression, context, ["params"]),
  parameter: (context, expression) => evaluated(expression, context, ["datum", "params"]),
  event: (context, expression) => evaluated(expression, context, ["event"]),
  handler(context, { ast }) {
    const { functions } = context;
    return (params, event) =>
      made(ast)({ functions, params, datum: event.item?.datum, event, item: undefined });
  },
  encode({ functions }, { marktype, channels }) {
    const isBox = marktype === "group" || marktype === "image" || marktype === "rect";
    let all;
    return (item, params) => {
      all ??= Object.entries(channels).map(([name, { ast }]) => [name, made(ast)]);
      const scope = { functions, params, datum: item.datum, event: undefined, item };
      let isChanged = 0;
      for (const [name, one] of all) {
        const value = one(scope);
        if (item[name] !== value) {
          item[name] = value;
          isChanged = 1;
        }
      }
      if (marktype !== "rule") placed(item, channels, isBox);
      return isChanged;
    };
  },
};
