// What links and <details> cannot do alone: the panel beside a number, filters, search, copying.
// Every page can be read without it.
"use strict";

document.documentElement.classList.replace("no-js", "js");

/* Quote this: opening the text copies it. */
function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "vh";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied ? Promise.resolve() : Promise.reject(new Error("nothing copied"));
}

document.addEventListener("click", (event) => {
  const summary = event.target.closest(".quote > summary");
  if (!summary || summary.parentElement.open) return;
  const text = [...summary.parentElement.querySelectorAll(".quote-text p")]
    .map((line) => line.textContent.replace(/\s+/g, " ").trim())
    .join(" ");
  let told = summary.parentElement.querySelector(".copied");
  if (!told) {
    told = document.createElement("p");
    told.className = "copied";
    told.setAttribute("role", "status");
    summary.after(told);
  }
  const focused = document.activeElement;
  copyText(text).then(
    () => { told.textContent = "Copied"; },
    () => { told.textContent = "Select the text to copy it"; },
  ).finally(() => focused && focused.focus({ preventScroll: true }));
});

/* A report: a number opens its reading in a panel beside it. */
const panel = document.getElementById("panel");
if (panel) {
  const body = panel.querySelector(".panel-body");
  const title = document.getElementById("panel-title");
  let opened = null;

  const close = (returnFocus) => {
    panel.hidden = true;
    if (opened) {
      opened.classList.remove("is-open");
      if (returnFocus) opened.focus();
    }
    opened = null;
  };

  const open = (number, moveFocus) => {
    const reading = document.getElementById(number.id.replace(/^f-/, "d-"));
    if (!reading) return;
    close(false);
    opened = number;
    number.classList.add("is-open");
    const copy = reading.cloneNode(true);
    copy.removeAttribute("id");
    body.replaceChildren(copy);
    title.textContent = `“${number.firstChild.textContent}”`;
    panel.hidden = false;
    panel.scrollTop = 0;
    const place = number.getBoundingClientRect();
    panel.classList.toggle("is-left", place.left > window.innerWidth / 2);
    // On a phone the panel covers the lower part: the number goes above it.
    if (place.bottom > panel.getBoundingClientRect().top && panel.offsetWidth === window.innerWidth) {
      window.scrollBy({ top: place.top - 80, behavior: "instant" });
    }
    if (moveFocus) title.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches(".published a.n")) {
      event.preventDefault();
      history.replaceState(null, "", `#${link.id}`);
      open(link, true);
    }
  });
  panel.querySelector(".panel-close").addEventListener("click", () => close(true));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close(true);
  });

  // From a chart or a finding: the number named in the address is shown with its reading.
  const arrive = () => {
    const number = document.getElementById(location.hash.slice(1));
    if (number && number.matches(".published a.n")) {
      number.scrollIntoView({ block: "center", behavior: "instant" });
      open(number, true);
    } else if (number && number.closest("details")) {
      number.closest("details").open = true;
      number.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", arrive);
  arrive();
}

/* Claims checked: filters, kept in the address so that a view can be shared. */
const filters = document.querySelector(".filters");
if (filters) {
  const findings = [...document.querySelectorAll(".finding")];
  const count = filters.querySelector(".filter-count");
  const apply = () => {
    const wanted = new Map([...new FormData(filters)].filter(([, value]) => value));
    let shown = 0;
    for (const finding of findings) {
      const fits = [...wanted].every(([name, value]) =>
        name === "flips" ? finding.dataset.flips === "yes" : finding.dataset[name] === value);
      finding.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${findings.length} findings shown`;
    return new URLSearchParams([...wanted]).toString();
  };
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const control = filters.elements.namedItem(name);
    if (control instanceof HTMLSelectElement) control.value = value;
    else if (control instanceof HTMLInputElement) control.checked = true;
  }
  filters.hidden = false;
  filters.addEventListener("change", () => history.replaceState(null, "", `#${apply()}`));
  filters.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

/* Search: every word must be found; indicators before rows before sentences. */
const search = document.querySelector(".search");
if (search) {
  const SHOWN = 60;
  const input = search.querySelector("input");
  const count = search.querySelector(".search-count");
  const results = document.getElementById("results");
  const all = document.getElementById("all");
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

  // The text with the words found in it marked; always as text, never as HTML.
  const marked = (text, words) => {
    const part = document.createDocumentFragment();
    const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    text.split(new RegExp(`(${pattern})`, "gi")).forEach((piece, at) => {
      if (at % 2) {
        const mark = document.createElement("mark");
        mark.textContent = piece;
        part.append(mark);
      } else {
        part.append(piece);
      }
    });
    return part;
  };

  const look = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    all.hidden = words.length > 0;
    if (!words.length) {
      results.replaceChildren();
      count.textContent = "";
      return;
    }
    const order = { Indicator: 0, Row: 1, Statement: 2 };
    const found = window.SEARCH_INDEX
      .map((entry) => ({ entry, title: plain(entry[1]), text: plain(entry[2]) }))
      .filter(({ title, text }) => words.every((word) => title.includes(word) || text.includes(word)))
      .map((item) => ({ ...item, rank: order[item.entry[0]] * 2 + (words.every((word) => item.title.includes(word)) ? 0 : 1) }))
      .sort((one, other) => one.rank - other.rank);
    results.replaceChildren(...found.slice(0, SHOWN).map(({ entry: [kind, title, text, link] }) => {
      const item = document.createElement("li");
      const head = document.createElement("p");
      const tag = document.createElement("span");
      tag.className = "tag tag-none";
      tag.textContent = kind;
      const anchor = document.createElement("a");
      anchor.href = link;
      anchor.append(marked(title, words));
      head.append(tag, " ", anchor);
      const line = document.createElement("p");
      line.className = "small";
      line.append(marked(text, words));
      item.append(head, line);
      return item;
    }));
    count.textContent = found.length > SHOWN
      ? `${found.length} found; the first ${SHOWN} are shown`
      : `${found.length} found`;
    history.replaceState(null, "", `#q=${encodeURIComponent(input.value)}`);
  };

  search.hidden = false;
  search.addEventListener("input", look);
  search.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("DOMContentLoaded", () => {
    input.value = new URLSearchParams(location.hash.slice(1)).get("q") || "";
    look();
    input.focus();
  });
}
