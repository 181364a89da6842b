(function () {
  "use strict";
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  function keyOf(cell) {
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  }
  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") { return one - other; }
    return collator.compare(String(one), String(other));
  }
  function sortBy(table, head) {
    var up = head.getAttribute("aria-sort") !== "ascending";
    var body = table.tBodies[0];
    var rows = Array.from(body.rows, function (row) { return [keyOf(row.cells[head.cellIndex]), row]; });
    rows.sort(function (one, other) { return up ? compare(one[0], other[0]) : compare(other[0], one[0]); });
    var sorted = document.createDocumentFragment();
    rows.forEach(function (pair) { sorted.append(pair[1]); });
    body.append(sorted);
    table.querySelectorAll("th[aria-sort]").forEach(function (each) { each.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    table.tHead.querySelectorAll("th").forEach(function (head) {
      if (head.dataset.fixed !== undefined) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", function () { sortBy(table, head); });
      head.append(button);
    });
  });
  document.querySelectorAll(".controls").forEach(function (controls) {
    var rows = Array.from(document.getElementById(controls.dataset.table).tBodies[0].rows, function (row) {
      return [row.textContent.toLowerCase(), row];
    });
    var count = controls.querySelector("output");
    controls.hidden = false;
    controls.querySelector("input").addEventListener("input", function (event) {
      var sought = event.target.value.trim().toLowerCase();
      var shown = 0;
      rows.forEach(function (pair) {
        pair[1].hidden = sought !== "" && !pair[0].includes(sought);
        shown += pair[1].hidden ? 0 : 1;
      });
      count.textContent = sought === "" ? "" : String(shown);
    });
  });
})();
