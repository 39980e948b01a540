// Charts: drawn when they come near, then all the others, and fed from the page's tables.
const { parse, View, formatLocale, Handler } = lakehouseVega;
const views = new Map();
const drawn = new Map();

// Kept, as to ask for it lays the page out, which every figure would have to wait for.
const shapeOfWindow = () =>
  document.documentElement.clientWidth < report.breakpoint ? "narrow" : "wide";

// A chart is the same in every theme, and has colours by their roles: `fill: palette.ink`.
const OF_COLOUR = /(fill|stroke|color)$/i;
function coloured(part, colours, key = "") {
  if (typeof part === "string") return (OF_COLOUR.test(key) && own(colours, part)) || part;
  if (Array.isArray(part)) return part.map((one) => coloured(one, colours, key));
  if (part === null || typeof part !== "object") return part;
  const whole = {};
  // Of a channel, the value is what has the colour.
  for (const name in part) whole[name] = coloured(part[name], colours, name === "value" ? key : name);
  return whole;
}

function fed(specification, figure, colours) {
  for (const data of specification.data) {
    if (figure.tables.includes(data.name)) data.values = copiesOf(data.name);
  }
  for (const signal of specification.signals ?? []) {
    signal.value = own(colours, signal.value) ?? own(state.chosen, signal.name) ?? signal.value;
  }
  return specification;
}

async function draw(name) {
  const figure = report.figures[name];
  const holder = document.getElementById(`chart-${name}`);
  const wanted = [state.language, state.theme, state.shape].join();
  if (drawn.get(name) === wanted) return;
  drawn.set(name, wanted);
  try {
    const { config, colours } = report.themes[state.theme];
    const chart = specificationOf(name, state.language, state.shape);
    formatLocale(report.languages[state.language].formatLocale);
    const view = new View(parse(fed(coloured(chart, colours), figure, colours), config, { ast: true }), {
      expr: expressions,
      renderer: "canvas",
      container: holder,
      tooltip: new Handler({ theme: state.theme }).call,
    });
    await view.runAsync();
    // Language or theme may have changed meanwhile.
    if (drawn.get(name) !== wanted) return view.finalize();
    views.get(name)?.finalize();
    views.set(name, view);
    view.addEventListener("click", (_, item) => pick(figure, item?.datum));
    holder.dataset.drawn = wanted;
  } catch (error) {
    drawn.delete(name);
    holder.textContent = text("failed");
    throw error;
  }
}

function pick(figure, datum) {
  for (const name of figure.controls) {
    if (datum && datum[name] !== undefined) choose(name, datum[name]);
  }
}

function choose(name, value) {
  if (state.chosen[name] === value) return;
  state.chosen[name] = value;
  for (const select of document.querySelectorAll(`select[data-control="${name}"]`)) {
    select.value = JSON.stringify(value);
  }
  for (const [figureName, view] of views) {
    if (report.figures[figureName].controls.includes(name)) view.signal(name, value).runAsync();
  }
  readOut();
}

// A sentence on the row of what is chosen.
function readOut() {
  for (const [name, figure] of Object.entries(report.figures)) {
    const place = document.getElementById(`readout-${name}`);
    if (!place) continue;
    const row = rowsOf(figure.tables[0]).find((candidate) =>
      figure.readout.every((key) => candidate[key] === state.chosen[key])
    );
    place.textContent = row
      ? figure.sentences[state.language].replace(/\{(\w+)\}/g, (_, column) =>
          labelled(column, row[column])
        )
      : "";
  }
}

const allFigures = () =>
  [...document.querySelectorAll("[data-chart]")].map((holder) => holder.dataset.chart);

async function drawAll() {
  // One that cannot be drawn does not take the others with it.
  for (const name of allFigures()) await draw(name).catch(console.error);
  document.documentElement.dataset.ready = [state.language, state.theme, state.shape].join();
}

function redraw() {
  delete document.documentElement.dataset.ready;
  return drawAll();
}

const nearby = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) draw(entry.target.dataset.chart);
  },
  { rootMargin: "50%" }
);
