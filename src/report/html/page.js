'use strict';
/* Sorts and filters the tables. Without it, all of the page is there. */
(function () {
  const language = document.documentElement.lang;
  const words = new Intl.Collator(language, { numeric: true });

  function counted(number) {
    return number.toLocaleString(language);
  }

  function value(row, column) {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent : cell.dataset.v;
  }

  /* What is blank comes last, whichever way is sorted. */
  function compare(one, other, isNumber, sign) {
    if (one === '' || other === '') return (one === '') - (other === '');
    return sign * (isNumber ? Number(one) - Number(other) : words.compare(one, other));
  }

  function sort(table, head, column) {
    const sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
    const isNumber = head.dataset.kind === 'number';
    const body = table.tBodies[0];
    const keyed = Array.from(body.rows, function (row) { return [value(row, column), row]; });
    keyed.sort(function (one, other) { return compare(one[0], other[0], isNumber, sign); });
    const sorted = document.createDocumentFragment();
    for (const pair of keyed) sorted.append(pair[1]);
    body.append(sorted);
  }

  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      /* The words alone are for paper. */
      const plain = document.createElement('span');
      plain.className = 'plain';
      plain.append(...head.childNodes);
      head.append(plain, button);
      button.addEventListener('click', function () { sort(table, head, column); });
    });
  }

  function makeFilter(filter) {
    const rows = Array.from(document.getElementById(filter.dataset.table).tBodies[0].rows);
    const texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    const search = filter.querySelector('input');
    const choice = filter.querySelector('select');
    const status = filter.querySelector('[role=status]');
    function apply() {
      const sought = search.value.toLowerCase().split(/\s+/);
      let shown = 0;
      rows.forEach(function (row, place) {
        const chosen = choice.value === '' || row.dataset.f === choice.value;
        const found = sought.every(function (word) { return texts[place].includes(word); });
        row.hidden = !(chosen && found);
        shown += row.hidden ? 0 : 1;
      });
      status.textContent = filter.dataset.shown.replace('{}', counted(shown)).replace('{}', counted(rows.length));
    }
    search.addEventListener('input', apply);
    choice.addEventListener('change', apply);
    filter.hidden = false;
    apply();
  }

  document.querySelectorAll('table.data').forEach(makeSortable);
  document.querySelectorAll('.filter').forEach(makeFilter);
})();
