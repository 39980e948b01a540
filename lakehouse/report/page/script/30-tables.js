// Tables: of each figure one, and listings; sorted by a column's button, filtered by what is typed.
const MOST_ROWS = 200;
// As in the style sheet.
const ROWS_ON_PAPER = 25;
const LONG = 30;

function cell(kind, content, attributes = {}) {
  const element = document.createElement(kind);
  if (content instanceof Node) element.append(content);
  else element.textContent = content;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

class Table {
  constructor(holder) {
    this.holder = holder;
    this.name = holder.dataset.table;
    const columns = Object.keys(report.tables[this.name].columns);
    this.columns = holder.dataset.columns ? holder.dataset.columns.split(" ") : columns;
    this.sorted = null;
    this.descending = false;
    this.filter = document.createElement("input");
    this.filter.type = "search";
    this.filter.addEventListener("input", () => this.fill());
    this.count = cell("output", "");
    this.table = document.createElement("table");
    const tools = cell("div", "", { class: "table-tools" });
    tools.append(this.filter, this.count);
    const scroller = cell("div", this.table, { class: "table-scroller", tabindex: "0" });
    this.onPaper = cell("p", "", { class: "on-paper" });
    holder.replaceChildren(tools, scroller, this.onPaper);
    this.show();
  }

  show() {
    this.filter.placeholder = text("filter");
    this.filter.setAttribute("aria-label", text("filter"));
    const head = document.createElement("tr");
    for (const column of this.columns) {
      const button = cell("button", heading(column), { type: "button" });
      button.addEventListener("click", () => this.sortBy(column));
      const direction = this.descending ? "descending" : "ascending";
      const sort = this.sorted === column ? direction : "none";
      const number = rowsOf(this.name).some((row) => typeof row[column] === "number");
      const kind = number ? { class: "number" } : {};
      head.append(cell("th", button, { scope: "col", "aria-sort": sort, ...kind }));
    }
    this.head = document.createElement("thead");
    this.head.append(head);
    this.body = document.createElement("tbody");
    this.table.replaceChildren(this.head, this.body);
    this.fill();
  }

  sortBy(column) {
    this.descending = this.sorted === column && !this.descending;
    this.sorted = column;
    const place = this.columns.indexOf(column);
    this.show();
    this.head.querySelectorAll("button")[place].focus();
  }

  shown() {
    const wanted = this.filter.value.trim().toLocaleLowerCase();
    const rows = rowsOf(this.name).filter(
      (row) =>
        !wanted ||
        this.columns.some((column) =>
          labelled(column, row[column]).toLocaleLowerCase().includes(wanted)
        )
    );
    if (this.sorted === null) return rows;
    const sign = this.descending ? -1 : 1;
    return rows.toSorted((one, other) => {
      const [a, b] = [one[this.sorted], other[this.sorted]];
      if (a === b) return 0;
      if (a === null || a === undefined) return 1;
      if (b === null || b === undefined) return -1;
      return (typeof a === "string" ? a.localeCompare(b) : a - b) * sign;
    });
  }

  fill() {
    const rows = this.shown();
    this.body.replaceChildren(
      ...rows.slice(0, MOST_ROWS).map((row) => {
        const line = document.createElement("tr");
        for (const column of this.columns) {
          const content = labelled(column, row[column]);
          const long = content.length > LONG ? { class: "long" } : {};
          const kind = typeof row[column] === "number" ? { class: "number" } : long;
          line.append(cell("td", content, kind));
        }
        return line;
      })
    );
    this.count.textContent = this.counted("rows", Math.min(rows.length, MOST_ROWS));
    const isCut = rows.length > ROWS_ON_PAPER;
    this.onPaper.textContent = isCut ? this.counted("on_paper", ROWS_ON_PAPER) : "";
  }

  counted(key, shown) {
    const all = rowsOf(this.name).length;
    return text(key).replace("{shown}", written(shown)).replace("{all}", written(all));
  }
}

const tables = [];
function openTable(holder) {
  if (!holder.hasChildNodes()) tables.push(new Table(holder));
}

// As in the warehouse: codes, not labels, and a point in numbers, whatever the language.
// What a spreadsheet would run as a formula has an apostrophe in front, as in `lakehouse export`.
const RISKY = /^'*[=+@\t\r-]/;
function csv(name) {
  const columns = Object.keys(report.tables[name].columns);
  const field = (value) => {
    if (value === null || value === undefined) return "";
    const plain = typeof value === "object" ? JSON.stringify(value) : String(value);
    const written = typeof value === "string" && RISKY.test(plain) ? `'${plain}` : plain;
    return written === "" || /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
  };
  const lines = rowsOf(name).map((row) => columns.map((column) => field(row[column])).join());
  return [columns.map(field).join(), ...lines, ""].join("\r\n");
}

function save(name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", csv(name)], { type: "text/csv" }));
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
