// The page itself: language, theme, what is chosen, and what happens when it opens or is printed.
const root = document.documentElement;

function setLanguage(language) {
  state.language = language;
  root.dataset.language = language;
  root.lang = report.languages[language].code;
  document.title = text("title");
  for (const [name, figure] of Object.entries(report.figures)) {
    document
      .getElementById(`chart-${name}`)
      ?.setAttribute("aria-label", figure.descriptions[language]);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-described]")) {
    element.setAttribute("aria-label", JSON.parse(element.dataset.described)[language]);
  }
  for (const picture of document.querySelectorAll("img[data-alt]")) {
    picture.alt = JSON.parse(picture.dataset.alt)[language];
  }
  fillSelects();
  tables.forEach((table) => table.show());
  readOut();
}

function setTheme(theme) {
  state.theme = theme;
  root.dataset.theme = theme;
}

function fillSelects() {
  for (const select of document.querySelectorAll("select[data-control]")) {
    const name = select.dataset.control;
    const { values, labels } = report.controls[name];
    select.replaceChildren(
      ...values.map((value, place) => {
        const option = document.createElement("option");
        option.value = JSON.stringify(value);
        option.textContent = labels[state.language][place];
        return option;
      })
    );
    select.value = JSON.stringify(state.chosen[name]);
  }
  document.getElementById("language").value = state.language;
}

async function open() {
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  setLanguage(state.language);
  document.getElementById("language").addEventListener("change", (event) => {
    setLanguage(event.target.value);
    redraw();
  });
  document.getElementById("theme").addEventListener("click", () => {
    setTheme(state.theme === "dark" ? "light" : "dark");
    redraw();
  });
  document.getElementById("print").addEventListener("click", async () => {
    setTheme("light");
    await redraw();
    print();
  });
  for (const select of document.querySelectorAll("select[data-control]")) {
    select.addEventListener("change", () =>
      choose(select.dataset.control, JSON.parse(select.value))
    );
  }
  for (const details of document.querySelectorAll("details")) {
    details.addEventListener("toggle", () => {
      const holder = details.querySelector("[data-table]");
      if (holder) openTable(holder);
    });
  }
  document.querySelectorAll("[data-table][data-open]").forEach(openTable);
  for (const button of document.querySelectorAll("button[data-save]")) {
    button.addEventListener("click", () => save(button.dataset.save));
  }
  state.shape = shapeOfWindow();
  addEventListener("resize", () => {
    if (shapeOfWindow() !== state.shape) {
      state.shape = shapeOfWindow();
      redraw();
    }
  });
  specifications = specificationsOf(await unpacked(report.specifications));
  // On a canvas a font that is not there yet would be another.
  await Promise.all(report.fonts.map((font) => document.fonts.load(font)));
  document.querySelectorAll("[data-chart]").forEach((holder) => nearby.observe(holder));
  requestIdleCallback(drawAll, { timeout: 500 });
}

open().catch((error) => {
  // Such as a browser that unpacks nothing: texts and tables are there all the same.
  for (const holder of document.querySelectorAll("[data-chart]:not([data-drawn])")) {
    holder.textContent = text("failed");
  }
  throw error;
});
