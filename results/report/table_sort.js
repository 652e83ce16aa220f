// Tables sorted in the page by a click on a heading, or Enter on it. Empty cells come last either way.
"use strict";

function cellValue(cell) {
  const text = cell.textContent.trim();
  const number = Number(text.replace(/[%,]/g, ""));
  return text === "" || text === "–" ? null : Number.isNaN(number) ? text : number;
}

function compareCells(a, b) {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b));
}

function sortBy(table, column, heading) {
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  rows.sort((a, b) => {
    const left = cellValue(a.cells[column]), right = cellValue(b.cells[column]);
    if (left === null || right === null) return compareCells(left, right);
    return (down ? -1 : 1) * compareCells(left, right);
  });
  for (const row of rows) body.append(row);
}

for (const table of document.querySelectorAll("table.sortable")) {
  table.querySelectorAll("thead th").forEach((heading, column) => {
    heading.tabIndex = 0;
    heading.addEventListener("click", () => sortBy(table, column, heading));
    heading.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sortBy(table, column, heading);
    });
  });
}
