// What lies in the page: texts, tables as columns, specifications.
const report = JSON.parse(document.getElementById("report-data").textContent);
const state = {
  language: document.documentElement.dataset.language,
  theme: "light",
  chosen: Object.fromEntries(
    Object.entries(report.controls).map(([name, control]) => [name, control.start])
  ),
};

// Charts in two languages and widths are alike, and lie in the page compressed.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}
// By the names of figure, language and width; each is read when it is drawn.
let specifications = {};
const specificationsOf = (text) =>
  Object.fromEntries(
    text.split("\n").map((line) => {
      const start = line.indexOf("{");
      return [line.slice(0, start - 1), line.slice(start)];
    })
  );
const specificationOf = (...names) => JSON.parse(specifications[names.join(" ")]);

// What datasets are called may be what every object has, such as "constructor".
const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);

const text = (key) => report.languages[state.language].texts[key] ?? key;

// Rows of a table, as objects; made when somebody first asks for them.
const tableRows = {};
function rowsOf(name) {
  if (!(name in tableRows)) {
    const { rows, columns } = report.tables[name];
    const filled = Array.from({ length: rows }, () => ({}));
    for (const [column, { words, values, runs, times = 1 }] of Object.entries(columns)) {
      const once = runs ? values.flatMap((value, place) => Array(runs[place]).fill(value)) : values;
      Array(times).fill(once).flat().forEach((value, row) => {
        filled[row][column] = words === undefined || value === null ? value : words[value];
      });
    }
    tableRows[name] = filled;
  }
  return tableRows[name];
}

// Vega adds to the objects that it is given.
const copiesOf = (name) =>
  rowsOf(name).map((row) => (row.muscles ? { ...row, muscles: musclesOf(row) } : { ...row }));

// As Python's `Words.muscles` names them.
function musclesOf({ muscles }) {
  const labels = report.languages[state.language].labels.muscle;
  return muscles.split(", ").map((name) => own(labels, name.replaceAll(" ", "_")) ?? name).join("; ");
}

// Columns of measured numbers, which show what digits they have also where the last is 0.
const measured = new Set(
  Object.values(report.tables).flatMap(({ columns }) =>
    Object.keys(columns).filter((column) => columns[column].measured)
  )
);

const RAISED = { "\u2212": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const raised = (exponent) => [...exponent].map((sign) => RAISED[sign]).join("");

function digits(value, isMeasured) {
  const size = Math.abs(value);
  if (size >= 1000 || value === 0 || (Number.isInteger(value) && !isMeasured)) {
    return { maximumFractionDigits: 0 };
  }
  const three = { minimumSignificantDigits: 3, maximumSignificantDigits: 3 };
  return size >= 0.0001 ? three : { notation: "scientific", ...three };
}

function written(value, isMeasured = false) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  const code = report.languages[state.language].code;
  // Intl writes a hyphen where a minus belongs, and E before an exponent.
  const plain = formatOf(code, digits(value, isMeasured)).format(value).replaceAll("-", "\u2212");
  return plain.replace(/E(.+)/, (_, exponent) => `\u00a0×\u00a010${raised(exponent)}`);
}

// To make one takes much longer than to use it.
const formats = new Map();
function formatOf(code, options) {
  const key = code + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(code, options));
  return formats.get(key);
}

// What a value of a column is called: what has labels, and what may be chosen.
function labelled(column, value) {
  const labels = own(report.languages[state.language].labels, column);
  return own(labels, String(value)) ?? choiceLabel(column, value) ?? written(value, measured.has(column));
}

function choiceLabel(column, value) {
  const control = own(report.controls, column);
  return control?.labels[state.language][control.values.indexOf(value)];
}

const heading = (column) => own(report.languages[state.language].columns, column) ?? column;
