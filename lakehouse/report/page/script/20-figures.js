// Charts: drawn when they come near, then all the others, and fed from the page's tables.
const { embed } = lakehouseVega;
const views = new Map();
const drawn = new Map();

// Kept, as to ask for it lays the page out, which every figure would have to wait for.
const shapeOfWindow = () =>
  document.documentElement.clientWidth < report.breakpoint ? "narrow" : "wide";

// On a canvas nothing reads a mark's description, which Vega would write for each.
function look() {
  const theme = report.themes[state.theme];
  return { ...theme, mark: { ...theme.mark, aria: false } };
}

function fed(specification, figure) {
  return (vega) => {
    for (const data of vega.data) {
      if (figure.tables.includes(data.name)) data.values = copiesOf(data.name);
    }
    for (const signal of vega.signals ?? []) {
      if (signal.name in state.chosen) signal.value = state.chosen[signal.name];
    }
    return vega;
  };
}

async function draw(name) {
  const figure = report.figures[name];
  const holder = document.getElementById(`chart-${name}`);
  const wanted = [state.language, state.theme, state.shape].join();
  if (drawn.get(name) === wanted) return;
  drawn.set(name, wanted);
  const specification = specifications[name][state.language][state.shape];
  const language = report.languages[state.language];
  try {
    const result = await embed(holder, specification, {
      mode: "vega-lite",
      ast: true,
      expr: expressions,
      actions: false,
      renderer: "canvas",
      defaultStyle: false,
      config: look(),
      formatLocale: language.formatLocale,
      patch: fed(specification, figure),
      tooltip: { theme: state.theme },
    });
    // Language or theme may have changed meanwhile.
    if (drawn.get(name) !== wanted) return result.finalize();
    views.get(name)?.finalize();
    views.set(name, result);
    result.view.addEventListener("click", (_, item) => pick(figure, item?.datum));
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
  for (const [figureName, { view }] of views) {
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
