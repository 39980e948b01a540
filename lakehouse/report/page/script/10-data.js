// What lies in the page: texts, tables as columns, specifications.
const report = JSON.parse(document.getElementById("report-data").textContent);
const state = {
  language: document.documentElement.dataset.language,
  theme: "light",
  chosen: Object.fromEntries(
    Object.entries(report.controls).map(([name, control]) => [name, control.start])
  ),
};

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
const copiesOf = (name) => rowsOf(name).map((row) => ({ ...row }));

function written(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  const options = Number.isInteger(value)
    ? { maximumFractionDigits: 0 }
    : Math.abs(value) >= 0.001 && Math.abs(value) < 1e6
      ? { maximumSignificantDigits: 3 }
      : { notation: "scientific", maximumSignificantDigits: 3 };
  const code = report.languages[state.language].code;
  // Intl writes a hyphen where a minus belongs.
  return new Intl.NumberFormat(code, options).format(value).replaceAll("-", "\u2212");
}

// What a value of a column is called: expressions, conditions and questionnaires have labels.
function labelled(column, value) {
  const labels = report.languages[state.language].labels[column];
  return labels?.[String(value)] ?? written(value);
}

const heading = (column) => report.languages[state.language].columns[column] ?? column;
