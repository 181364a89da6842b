(function () {
  "use strict";
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  var MOST = 500; // rows shown at once: layout of a long table is what takes time
  function keyOf(cell) {
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  }
  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") { return one - other; }
    return collator.compare(String(one), String(other));
  }
  function enliven(table) {
    var body = table.tBodies[0];
    var controls = document.querySelector('.controls[data-table="' + table.id + '"]');
    var texts = null;
    var sought = "";
    var most = MOST;
    function refresh() {
      var matching = 0;
      Array.from(body.rows).forEach(function (row) {
        var matches = sought === "" || texts.get(row).includes(sought);
        matching += matches ? 1 : 0;
        row.hidden = !matches || matching > most;
      });
      if (!controls) { return; }
      controls.querySelector("output").textContent = sought === "" ? "" : String(matching);
      var more = controls.querySelector("button");
      more.hidden = matching <= most;
      more.querySelector("span").textContent = String(matching);
    }
    function sortBy(head) {
      var up = head.getAttribute("aria-sort") !== "ascending";
      var rows = Array.from(body.rows, function (row) { return [keyOf(row.cells[head.cellIndex]), row]; });
      rows.sort(function (one, other) { return up ? compare(one[0], other[0]) : compare(other[0], one[0]); });
      var sorted = document.createDocumentFragment();
      rows.forEach(function (pair) { sorted.append(pair[1]); });
      body.append(sorted);
      table.querySelectorAll("th[aria-sort]").forEach(function (each) { each.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      refresh();
    }
    table.tHead.querySelectorAll("th").forEach(function (head) {
      if (head.dataset.fixed !== undefined) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", function () { sortBy(head); });
      head.append(button);
    });
    if (!controls) { return; }
    controls.querySelector("input").addEventListener("input", function (event) {
      texts = texts || new Map(Array.from(body.rows, function (row) { return [row, row.textContent.toLowerCase()]; }));
      sought = event.target.value.trim().toLowerCase();
      refresh();
    });
    controls.querySelector("button").addEventListener("click", function () {
      most = Infinity;
      refresh();
    });
    window.addEventListener("beforeprint", function () {
      most = Infinity;
      refresh();
    });
    controls.hidden = false;
    refresh();
  }
  document.querySelectorAll("table.sortable").forEach(enliven);
})();
